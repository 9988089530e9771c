import { type ReactNode, useEffect, useId, useRef } from "react";
import { Empty } from "../../parts/Empty";
import { Failure } from "../../parts/Failure";
import { Waiting } from "../../parts/Waiting";
import { words } from "../../words/notifications";
import { NotificationRow } from "./NotificationRow";
import type { Notifications } from "./useNotifications";

interface Props {
  shown: Notifications;
  isArchive: boolean;
  onOpen: () => void;
  /** How many lines of text wait for the first answer. */
  lines: number;
  none: { title: string; reason: string };
  /** What can be done where there is none. */
  action?: ReactNode;
}

/** Notifications in rows; what is missing is said above them. */
export function NotificationList({ shown, isArchive, onOpen, lines, none, action }: Props) {
  const { list, view, ids, gaps, handlers } = shown;
  const id = useId();
  return (
    <div id={id} tabIndex={-1}>
      {gaps.length > 0 && <Gaps services={gaps} retry={() => void list.refresh()} />}
      {view.state === "failed" && <Failure error={view.error} retry={() => list.retry()} />}
      {view.state === "loading" && <Waiting lines={lines} />}
      {view.state === "ready" && ids.length === 0 && <Empty icon="bell" {...none} action={action} />}
      <ul className="notifications" aria-label={words.many} {...handlers}>
        {ids.map((each) => (
          <NotificationRow key={each} id={each} isArchive={isArchive} listId={id} onOpen={onOpen} />
        ))}
      </ul>
    </div>
  );
}

/** Milliseconds before a service that did not answer is asked again, plus as many at random. */
const pause = 5_000;

/** Which services did not answer, so that notifications are missing; they are asked again by and by. */
function Gaps({ services, retry }: { services: readonly string[]; retry: () => void }) {
  const again = useRef(retry);
  again.current = retry;
  useEffect(() => {
    const timer = setTimeout(() => again.current(), pause * (1 + Math.random()));
    return () => clearTimeout(timer);
  }, [services]);
  return (
    <p className="notification-gaps" role="alert">
      {words.gaps(services)}{" "}
      <button type="button" className="button-quiet" onClick={retry}>
        {words.retry}
      </button>
    </p>
  );
}
