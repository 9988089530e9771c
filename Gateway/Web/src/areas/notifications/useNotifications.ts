import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useWorkspace } from "../../app/workspace";
import { decodeListNotificationsResponse } from "../../core/api.generated";
import { type ListState, listSearch } from "../../core/listState";
import { listQuery } from "../../core/recordApi";
import { RecordList, type RecordListView } from "../../core/recordList";
import type { Rec } from "../../core/recordKind";
import { useAsking, useListNews } from "../../records/useRecordList";
import { notification } from "./notification";
import { type HeldList, useHeld } from "./useHeld";

export interface Notifications extends HeldList {
  list: RecordList;
  view: RecordListView;
  /** Shows more; null if all are shown. */
  more: (() => void) | null;
  /** The services that did not answer: what is about their records is left out. */
  gaps: readonly string[];
}

const noGaps: readonly string[] = [];

/**
 * The member's notifications, newest first and kept current.
 *
 * @param step - how many are shown at first, and how many more each time
 */
export function useNotifications(state: ListState, step: number): Notifications {
  const { records, store } = useWorkspace();
  const asking = useAsking();
  const { filter, orderBy } = listSearch(notification, state, asking);
  const [shown, setShown] = useState(step);
  const [gaps, setGaps] = useState(noGaps);
  const list = useMemo(
    () =>
      new RecordList(async (from, signal) => {
        const asked = store.ask();
        const query = { ...listQuery(notification, { filter, orderBy, query: "" }, [], from), page_size: step };
        const answer = decodeListNotificationsResponse(await records.client.get(notification.api, query, signal));
        store.take(notification, answer.notifications as unknown as Rec[], null, asked);
        const isFirst = "token" in from && from.token === "";
        setGaps((before) => (isFirst ? answer.gaps : [...new Set([...before, ...answer.gaps])]));
        const ids = answer.notifications.map(({ id }) => id);
        return { ids, next: answer.next_page_token, previous: "", total: 0, more: false };
      }),
    [records, store, filter, orderBy, step],
  );
  useListNews(notification, list, state);
  useEffect(() => setShown(step), [list, step]);
  useEffect(() => list.want(0, shown), [list, shown]);
  useEffect(() => () => list.close(), [list]);
  const view = useSyncExternalStore(list.subscribe, list.view, list.view);
  const held = useHeld(list.known.slice(0, shown), list);
  const hasMore = view.state === "ready" && view.room > shown;
  return { ...held, list, view, gaps, more: hasMore ? () => setShown((before) => before + step) : null };
}
