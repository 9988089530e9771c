import { useMemo } from "react";
import type { ScreenProps } from "../../app/areas";
import { useTitle } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { type Conditions, listAddress, noConditions, readList } from "../../core/listState";
import { navigate } from "../../core/navigation";
import { Link } from "../../parts/Link";
import { Segmented } from "../../parts/Segmented";
import { FilterBar } from "../../records/FilterBar";
import { words } from "../../words/notifications";
import { HeadActions } from "./Latest";
import { mute, notification } from "./notification";
import { NotificationList } from "./NotificationList";
import { besidesTab, tabOf, tabs, withTab } from "./tabs";
import { useNotifications } from "./useNotifications";

/** How many are shown at first, and how many more each time. */
const step = 30;

/** All notifications of the member: unread, all or archived ones, and by what they are about. */
export default function NotificationsScreen({ search }: ScreenProps) {
  useTitle(words.title);
  const { session } = useWorkspace();
  const { member } = session;
  const first = useMemo(() => notification.firstList(member), [member]);
  const { state, tab, filters } = useMemo(() => {
    const read = readList(notification, search, first);
    const tab = tabOf(read.conditions);
    return {
      tab,
      filters: besidesTab(read.conditions),
      state: { ...read, conditions: withTab(read.conditions, tab) },
    };
  }, [search, first]);
  const shown = useNotifications(state, step);
  const show = (conditions: Conditions) =>
    navigate(listAddress(notification, { ...state, conditions }, first), { replace: true });
  const isFiltered = filters.size > 0;
  return (
    <div className="screen notifications-screen">
      <header className="screen-head">
        <h1>{words.title}</h1>
        <div className="screen-action button-row">
          {tab !== "archived" && !isFiltered && <HeadActions shown={shown} />}
          <Link to={mute.address} className="button">
            {words.mute.title}
          </Link>
        </div>
      </header>
      <div className="screen-head">
        <Segmented
          label={words.which}
          choices={tabs.map((value) => ({ value, label: words.tabs[value] }))}
          value={tab}
          onChange={(next) => show(withTab(filters, next))}
        />
        <FilterBar kind={notification} conditions={filters} onChange={(next) => show(withTab(next, tab))} />
      </div>
      <NotificationList
        shown={shown}
        isArchive={tab === "archived"}
        onOpen={() => undefined}
        lines={18}
        none={isFiltered ? words.none.filtered : words.none[tab]}
        action={
          isFiltered && (
            <button type="button" className="button" onClick={() => show(withTab(noConditions, tab))}>
              {words.clear}
            </button>
          )
        }
      />
      {shown.more !== null && (
        <button type="button" className="button" onClick={shown.more}>
          {words.showMore}
        </button>
      )}
    </div>
  );
}
