import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useWorkspace } from "../../app/workspace";
import { type LeadListState, leadSearch } from "../../core/leadList";
import { PagedList, type PagedListView } from "../../core/pagedList";
import { asListed, type ListedLead } from "../../core/types";

export interface LeadList {
  list: PagedList<ListedLead>;
  view: PagedListView;
  /** Whether these are still the leads from before the last change of the address. */
  isAwaited: boolean;
}

/**
 * The leads of a list's address; a new list whenever filter, words or order change. The old one
 * stays until the new one is there.
 */
export function useLeadList(state: LeadListState): LeadList {
  const { api, session, leadNews } = useWorkspace();
  const [turn, setTurn] = useState(0);
  const search = leadSearch(state, session.member.id);
  const { filter, query, orderBy } = search;
  const list = useMemo(
    () =>
      new PagedList<ListedLead>((token, signal) => api.leads({ filter, query, orderBy }, token, signal)),
    // A new turn is a new list of the same search.
    [api, filter, query, orderBy, turn],
  );
  useEffect(() => {
    list.want(0, 1);
    return () => list.close();
  }, [list]);
  useEffect(
    () =>
      leadNews.listen((news) => {
        if (news.is === "changed") list.replace(asListed(news.lead));
        else if (news.is === "created" || list.holds(news.id)) setTurn((before) => before + 1);
      }),
    [leadNews, list],
  );
  const view = useSyncExternalStore(list.subscribe, list.view);
  const before = useRef(list);
  useEffect(() => {
    if (view.state !== "loading") before.current = list;
  }, [list, view.state]);
  if (view.state !== "loading") return { list, view, isAwaited: false };
  return { list: before.current, view: before.current.view(), isAwaited: true };
}
