import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useWorkspace } from "../app/workspace";
import { type ListState, noConditions, orderText, type Sort } from "../core/listState";
import type { ListPlace } from "../core/recordApi";
import { RecordList, type RecordListView } from "../core/recordList";
import { listedFields, type RecordKind } from "../core/recordKind";
import { useListNews } from "./useRecordList";

/** Which records belong together. */
export interface Relation {
  kind: RecordKind;
  /** A condition in CEL that selects the records. */
  filter: string;
  /** The field that relates them, and others that the condition is about, separated by blanks. */
  by: string;
  /** Newest first by default. */
  order?: Sort;
  /** Fields to request besides those of a list. */
  fields?: readonly string[];
  /** How many are shown at first. */
  step?: number;
  /** How many are requested at first, if not a screenful. */
  first?: number;
}

export interface Related {
  list: RecordList;
  view: RecordListView;
  /** Those that are shown. */
  ids: readonly string[];
  /** Shows more; null if all are shown. */
  more: (() => void) | null;
}

const noFields: readonly string[] = [];
const usualStep = 5;
const newestFirst: Sort = { field: "create_time", falling: true };

/** The first records that meet a condition, kept current. */
export function useRelated(relation: Relation): Related {
  const { kind, filter, by, order = newestFirst, fields = noFields, step = usualStep, first } = relation;
  const { records, session } = useWorkspace();
  const [shown, setShown] = useState(step);
  const list = useMemo(() => {
    const search = { filter, query: "", orderBy: orderText(order) };
    const asked = [...listedFields(kind), ...fields];
    const place = (from: ListPlace) => ("token" in from && first !== undefined ? { ...from, first } : from);
    return new RecordList((from, signal) => records.list(kind, search, asked, place(from), signal));
  }, [records, kind, filter, fields, order, first]);
  const state: ListState = useMemo(
    () => ({ ...kind.firstList(session.member), conditions: noConditions, query: "", sort: order }),
    [kind, session.member, order],
  );
  useListNews(kind, list, state, by);
  const view = useSyncExternalStore(list.subscribe, list.view, list.view);
  useEffect(() => list.want(0, shown), [list, shown]);
  const hasMore = view.state === "ready" && view.room > shown;
  return {
    list,
    view,
    ids: list.known.slice(0, shown),
    more: hasMore ? () => setShown((before) => before + 4 * step) : null,
  };
}
