import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { useWorkspace } from "../app/workspace";
import type { Asking } from "../core/conditions";
import { locale } from "../core/format";
import { firstDayOfWeek } from "../core/periods";
import { calendarPart, type ListSearch, type ListState, listSearch } from "../core/listState";
import { RecordList, type RecordListView } from "../core/recordList";
import { mostIds } from "../core/recordApi";
import { listedFields, type RecordKind } from "../core/recordKind";
import type { RecordNews } from "../core/recordStore";
import { chosenColumns } from "../core/columnFit";
import { useClock } from "../parts/useClock";

/** A list as it is shown. */
export interface ShownList {
  list: RecordList;
  view: RecordListView;
  search: ListSearch;
  /** Whether these are still the records from before the last change of the address. */
  isAwaited: boolean;
  /** Requests again what is in sight and was dropped to save memory. */
  fetchMissing: () => void;
}

/** How long changes of others are collected before a list is requested again. */
const pause = 120;
/** The shortest time between two requests of a list that changes all the time. */
const least = 1500;

/**
 * The records of a list's address; a new list whenever filter, words or order change. The old one stays
 * until the new one has loaded, and a list that is shown again is as it was left.
 */
export function useRecordList(kind: RecordKind, state: ListState): ShownList {
  const { records, lists } = useWorkspace();
  const asking = useAsking();
  const search = listSearch(kind, state, asking);
  const { filter, query, orderBy } = search;
  const fields = useListFields(kind, state);
  const list = useMemo(() => {
    const key = JSON.stringify([kind.object, filter, query, orderBy, fields]);
    return lists.list(key, () => {
      const asked = { filter, query, orderBy };
      return new RecordList((from, signal) => records.list(kind, asked, fields, from, signal));
    });
  }, [records, lists, kind, filter, query, orderBy, fields]);
  useEffect(() => {
    // The grid has already asked a loaded list for what is in sight.
    if (list.view().state === "loading") list.want(0, 1);
  }, [list]);
  useListNews(kind, list, state, calendarPart(state.as) === null ? "" : kind.calendar?.name);

  const view = useSyncExternalStore(list.subscribe, list.view);
  const fetchMissing = useMissing(kind, list, fields);
  const before = useRef({ list, search });
  useEffect(() => {
    if (view.state !== "loading") before.current = { list, search };
  });
  if (view.state !== "loading") return { list, view, search, isAwaited: false, fetchMissing };
  const { list: old, search: oldSearch } = before.current;
  return { list: old, view: old.view(), search: oldSearch, isAwaited: true, fetchMissing };
}

/** Who asks, and on which day; a page that is open at midnight asks about the new day. */
export function useAsking(): Asking {
  const { session } = useWorkspace();
  const today = useClock((now) => now.toDateString());
  return useMemo(
    () => ({
      member: session.member.id,
      now: new Date(),
      firstDay: firstDayOfWeek(locale),
      team: session.reached_member_ids,
    }),
    // Conditions depend only on the day.
    [session.member.id, session.reached_member_ids, today],
  );
}

/** The fields to request: those of every list, and those that its columns need. */
export function useListFields(kind: RecordKind, state: ListState): readonly string[] {
  const chosen = state.columns?.join(",") ?? null;
  return useMemo(() => {
    const columns = chosenColumns(kind.columns, chosen?.split(",") ?? null);
    return [...new Set([...listedFields(kind), ...columns.flatMap((column) => column.fields)])];
  }, [kind, chosen]);
}

/**
 * Requests the list again when records enter it, leave it or move in it.
 *
 * @param besides - fields that narrow it besides its conditions, separated by blanks
 */
export function useListNews(kind: RecordKind, list: RecordList, state: ListState, besides = ""): void {
  const { store, lists } = useWorkspace();
  const latest = useRef(state);
  latest.current = state;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let last = 0;
    const matters = (news: RecordNews): boolean => {
      if (news.is === "gone") return false;
      if (news.is !== "changed" || news.fields === null) return true;
      const { conditions, sort, query } = latest.current;
      const { fields } = news;
      const narrowing = [sort.field, ...besides.split(" "), ...conditions.keys()];
      return query !== "" || narrowing.some((name) => fields.has(name));
    };
    const left = lists.leftAt(list);
    const missed = left === null ? [] : store.newsSince(kind.object, left);
    if (missed === null || missed.some(matters)) list.changed();
    const forget = store.listen(kind.object, (news) => {
      if (news.is === "gone") list.drop(news.id);
      if (!matters(news) || timer !== null) return;
      timer = setTimeout(
        () => {
          timer = null;
          last = Date.now();
          list.changed();
        },
        Math.max(pause, last + least - Date.now()),
      );
    });
    return () => {
      forget();
      if (timer === null) return lists.leave(list, store.newsCount(kind.object));
      clearTimeout(timer);
      // The pending request is sent when this list is shown again.
      lists.leave(list, -1);
    };
  }, [store, lists, kind, list, besides]);
}

/** Requests rows in sight that were dropped to save memory, or that lack fields of the list. */
function useMissing(kind: RecordKind, list: RecordList, fields: readonly string[]): () => void {
  const { records, store } = useWorkspace();
  const asked = useRef(new Set<string>());
  return useCallback(() => {
    const isMissing = (id: string) => !asked.current.has(id) && store.lacks(id, fields);
    const missing = list.inSight.filter(isMissing).slice(0, mostIds);
    if (missing.length === 0) return;
    for (const id of missing) asked.current.add(id);
    const forget = () => {
      for (const id of missing) asked.current.delete(id);
    };
    // What fails is requested again with the next movement.
    records.refresh(kind, missing, fields).then(forget, forget);
  }, [kind, list, fields, records, store]);
}
