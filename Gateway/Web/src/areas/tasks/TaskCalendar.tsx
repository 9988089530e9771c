import "../../app/firstLoad";
import "../../app/laterStyles";
import { useEffect, useMemo, useState } from "react";
import { phoneWidth, useMedia } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { calendarStep, calendarWeeks } from "../../core/calendarDays";
import { monthName, spokenDay, today } from "../../core/dates";
import { formatDate, locale } from "../../core/format";
import { firstDayOfWeek } from "../../core/periods";
import { calendarPart, listAddress } from "../../core/listState";
import { IconButton } from "../../parts/IconButton";
import { Segmented } from "../../parts/Segmented";
import { useBoardDrag } from "../../parts/useBoardDrag";
import { useClock } from "../../parts/useClock";
import type { CalendarProps } from "../../records/RecordListScreen";
import { words } from "../../words/taskCalendar";
import { DayGrid } from "./DayGrid";
import { DayList } from "./DayList";
import { MoveTaskDialog } from "./MoveTaskDialog";
import NewTask from "./NewTask";
import { dueOn } from "./quickTask";
import { task } from "./task";
import { useDayMoves } from "./useDayMoves";
import { useTaskDays } from "./useTaskDays";

const first = firstDayOfWeek(locale);

/** Tasks by the days on which they are due: a month or a week of them, or, on a phone and for one day, a list by day. */
export default function TaskCalendar({ state, shown, change, open, onOpen }: CalendarProps) {
  const { permissions, session, store } = useWorkspace();
  const isPhone = useMedia(phoneWidth);
  const now = useClock(today);
  const span = calendarPart(state.as) ?? "month";
  const day = state.on === "" ? now : state.on;
  const weeks = useMemo(() => calendarWeeks(span, day, first), [span, day]);
  const { days, cut, shown: count } = useTaskDays(shown, weeks);
  const [newOn, setNewOn] = useState("");
  const moves = useDayMoves();
  const all = weeks.flat();
  const drag = useBoardDrag({
    columns: all.map((each) => ({ id: each, cards: days.get(each) ?? [] })),
    perRow: 7,
    cardName: (id) => {
      const record = store.get(id);
      return record === undefined ? task.one : task.title(record);
    },
    columnName: (each) => spokenDay(each, locale),
    onMove: async (id, to, _, from) => {
      if (to !== from) await moves.drop(id, to);
    },
    onPick: moves.pick,
  });
  const { list } = shown;
  useEffect(() => (drag.isLifted ? list.hold() : undefined), [list, drag.isLifted]);
  const step = (steps: number) => change({ as: span, on: calendarStep(span, day, steps) });
  const addressOf = (each: string) => {
    const start = task.firstList(session.member);
    return listAddress(task, { ...state, as: "day", on: each, open: "" }, start);
  };
  const isBusy = shown.isAwaited || shown.view.state === "loading";
  const parts = {
    weeks,
    columns: drag.columns,
    now,
    cut,
    open,
    onOpen,
    moves,
    addressOf,
    add: permissions.may("task.create") ? setNewOn : null,
  };
  return (
    <div className={`days days-${span}`} aria-busy={isBusy}>
      <div className="days-head">
        <IconButton icon="collapse" label={words.previous[span]} onClick={() => step(-1)} />
        <IconButton icon="expand" label={words.next[span]} onClick={() => step(1)} />
        <button type="button" className="button" onClick={() => change({ as: span, on: "" })}>
          {words.today}
        </button>
        <h2 id="days-title" aria-live="polite">
          {titleOf(span, day, all)}
        </h2>
        <Segmented
          label={words.span}
          value={span}
          choices={(["month", "week", "day"] as const).map((value) => ({ value, label: words.spans[value] }))}
          onChange={(as) => change({ as })}
        />
      </div>
      {cut !== "" && (
        <p className="list-stale" role="status">
          {words.cut(count, formatDate(cut))}
        </p>
      )}
      {isPhone || span === "day" ? (
        <DayList {...parts} isBusy={isBusy} />
      ) : (
        <DayGrid {...parts} drag={drag} span={span} day={day} turn={(on) => change({ as: span, on })} />
      )}
      {newOn !== "" && <NewTask due={dueOn(newOn, new Date())} onClose={() => setNewOn("")} />}
      {moves.asked !== null && (
        <MoveTaskDialog record={moves.asked} move={moves.drop} onClose={moves.close} />
      )}
    </div>
  );
}

/** What is shown, in words: a month, the first and the last day of a week, or a day. */
function titleOf(span: "month" | "week" | "day", day: string, all: readonly string[]): string {
  if (span === "month") return monthName(day, locale);
  if (span === "day") return spokenDay(day, locale);
  return words.week(formatDate(all[0] ?? day), formatDate(all[all.length - 1] ?? day));
}
