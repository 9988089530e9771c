import { useEffect, useMemo, useSyncExternalStore } from "react";
import { useWorkspace } from "../../app/workspace";
import { any, isOneOf } from "../../core/cel";
import type { TaskDependency } from "../../core/api.generated";
import { noConditions } from "../../core/listState";
import { pageSize } from "../../core/recordApi";
import { RecordList, type RecordListView } from "../../core/recordList";
import { listedFields } from "../../core/recordKind";
import { useListNews } from "../../records/useRecordList";
import { asDependency, dependency } from "./dependency";
import { task } from "./task";

export interface Dependencies {
  list: RecordList;
  view: RecordListView;
  /** What the task waits for, and what waits for it; as far as they are loaded. */
  before: readonly TaskDependency[];
  after: readonly TaskDependency[];
}

const order = { field: "create_time", falling: false };
const fields = listedFields(dependency);

/** The dependencies of a task and the tasks at their other ends, kept current: one list for all parts of its page. */
export function useDependencies(id: string): Dependencies {
  const { records, lists, store, session } = useWorkspace();
  const list = useMemo(() => {
    const filter = any([isOneOf("successor_id", [id]), isOneOf("predecessor_id", [id])]);
    const search = { filter, query: "", orderBy: order.field };
    const make = () =>
      new RecordList(async (from, signal) => {
        const page = await records.list(dependency, search, fields, from, signal);
        const ends = page.ids.flatMap((each) => endsOf(asDependency(store.get(each) ?? { id: each, etag: "" })));
        const others = [...new Set(ends)].filter((each) => each !== id && each !== "");
        const wanted = { filter: isOneOf("id", others), query: "", orderBy: "" };
        if (others.length > 0) await records.list(task, wanted, listedFields(task), { token: "" }, signal);
        return page;
      });
    return lists.list(JSON.stringify([dependency.object, id]), make);
  }, [records, lists, store, id]);
  const state = useMemo(
    () => ({ ...dependency.firstList(session.member), conditions: noConditions, query: "", sort: order }),
    [session.member],
  );
  useListNews(dependency, list, state, "successor_id predecessor_id");
  const view = useSyncExternalStore(list.subscribe, list.view, list.view);
  useEffect(() => list.want(0, pageSize), [list]);
  const known = list.known.flatMap((each) => {
    const record = store.get(each);
    return record === undefined ? [] : [asDependency(record)];
  });
  return {
    list,
    view,
    before: known.filter(({ successor_id }) => successor_id === id),
    after: known.filter(({ predecessor_id }) => predecessor_id === id),
  };
}

function endsOf({ predecessor_id = "", successor_id = "" }: Partial<TaskDependency>): readonly string[] {
  return [predecessor_id, successor_id];
}
