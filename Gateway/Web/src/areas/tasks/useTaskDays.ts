import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import { useWorkspace } from "../../app/workspace";
import { byDay, type CalendarWeeks } from "../../core/calendarDays";
import { formatNumber } from "../../core/format";
import { dayAndTime } from "../../core/moments";
import type { ShownList } from "../../records/useRecordList";
import { asTask } from "./task";

/** How many tasks a calendar shows at most: as many as a list keeps current by itself. */
const most = 300;

export interface TaskDays {
  /** The tasks of each day that is shown. */
  days: ReadonlyMap<string, readonly string[]>;
  /** The first day that may lack tasks, as there are more than are loaded; "" if none does. */
  cut: string;
  /** How many are shown. */
  shown: string;
}

/** The tasks of a calendar by their days, kept current. */
export function useTaskDays({ list, view, fetchMissing }: ShownList, weeks: CalendarWeeks): TaskDays {
  const { store } = useWorkspace();
  const { version } = view;
  // The screen around it asks for the first page only.
  useEffect(() => list.want(0, most), [list, version]);
  useEffect(fetchMissing, [fetchMissing, version]);
  const dueOf = useCallback(
    (id: string) => {
      const record = store.get(id);
      return record === undefined ? "" : asTask(record).due_time;
    },
    [store],
  );
  const subscribe = useCallback(
    (listener: () => void) => {
      const forget = list.known.map((id) => store.watch(id, listener));
      return () => forget.forEach((each) => each());
    },
    // The list is mutated in place.
    [store, list, version],
  );
  const dues = useSyncExternalStore(subscribe, () => list.known.map(dueOf).join(" "));
  return useMemo(() => {
    const placed = list.known.map((id) => ({ id, time: dueOf(id) })).filter(({ time }) => time !== "");
    const last = placed[placed.length - 1];
    const isCut = view.room > list.known.length && list.known.length >= most;
    return {
      days: byDay(weeks, placed),
      cut: isCut && last !== undefined ? dayAndTime(last.time).day : "",
      shown: formatNumber(placed.length),
    };
  }, [list, version, dues, weeks]);
}
