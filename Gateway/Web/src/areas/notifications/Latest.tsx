import { useId } from "react";
import type { BellProps } from "../../app/areas";
import { NoticeList } from "../../app/NoticeList";
import { useWorkspace } from "../../app/workspace";
import { IconButton } from "../../parts/IconButton";
import { Link } from "../../parts/Link";
import { Sheet } from "../../parts/Sheet";
import { words } from "../../words/notifications";
import { mute, notification } from "./notification";
import { NotificationList } from "./NotificationList";
import { useActions } from "./useActions";
import { type Notifications, useNotifications } from "./useNotifications";

/** How many the bell shows. */
const most = 10;

/** The latest notifications: at the bell, or on a phone in a sheet. */
export default function Latest({ isSheet, said, close }: BellProps) {
  const { session } = useWorkspace();
  const shown = useNotifications(notification.firstList(session.member), most);
  const id = useId();
  const list = (
    <NotificationList shown={shown} isArchive={false} onOpen={close} lines={12} none={words.none.all} />
  );
  if (isSheet) {
    return (
      <Sheet
        title={words.title}
        actions={<HeadActions shown={shown} isShort />}
        foot={<Foot close={close} />}
        onClose={close}
      >
        {list}
        {/* What is outside of the sheet is neither read aloud nor within reach. */}
        <span className="unseen" role="status">
          {said}
        </span>
        <NoticeList />
      </Sheet>
    );
  }
  return (
    <section className="latest" aria-labelledby={id}>
      <header className="latest-head">
        <h2 id={id}>{words.title}</h2>
        <HeadActions shown={shown} />
      </header>
      {list}
      <footer className="latest-foot">
        <Foot close={close} />
      </footer>
    </section>
  );
}

/** Shows what came while the list was held, and reads everything. */
export function HeadActions({ shown, isShort = false }: { shown: Notifications; isShort?: boolean }) {
  const { readAll } = useActions();
  return (
    <>
      {shown.fresh > 0 && (
        <button type="button" className="button-quiet" onClick={shown.letGo}>
          {words.fresh(shown.fresh)}
        </button>
      )}
      {isShort ? (
        <IconButton icon="check" label={words.readThemAll} onClick={() => void readAll()} />
      ) : (
        <button type="button" className="button-quiet" onClick={() => void readAll()}>
          {words.readThemAll}
        </button>
      )}
    </>
  );
}

function Foot({ close }: { close: () => void }) {
  return (
    <>
      <Link to={notification.address} className="button" onClick={close}>
        {words.all}
      </Link>
      <Link to={mute.address} className="button" onClick={close}>
        {words.mute.title}
      </Link>
    </>
  );
}
