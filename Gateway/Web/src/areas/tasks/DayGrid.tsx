import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef, useState } from "react";
import { type CalendarWeeks, dayByKey } from "../../core/calendarDays";
import { spokenDay, weekdayNames } from "../../core/dates";
import { locale } from "../../core/format";
import { firstDayOfWeek } from "../../core/periods";
import { Icon } from "../../parts/Icon";
import { Link } from "../../parts/Link";
import type { BoardDrag } from "../../parts/useBoardDrag";
import { words } from "../../words/taskCalendar";
import { TaskChip } from "./TaskChip";
import type { DayMoves } from "./useDayMoves";

/** What the days of a calendar are shown from. */
export interface DaysProps {
  weeks: CalendarWeeks;
  /** The tasks of each day. */
  columns: readonly { id: string; cards: readonly string[] }[];
  /** The present day. */
  now: string;
  /** The first day that may lack tasks; "" if none does. */
  cut: string;
  open: string;
  onOpen: (id: string) => void;
  moves: DayMoves;
  /** The address of a day by itself. */
  addressOf: (day: string) => string;
  /** Asks for a new task of a day; null for members who may not create any. */
  add: ((day: string) => void) | null;
}

interface Props extends DaysProps {
  drag: BoardDrag;
  span: "month" | "week" | "day";
  /** The day that it is about. */
  day: string;
  /** Shows other days. */
  turn: (day: string) => void;
}

/** How many tasks of a day are shown; the others are on the page of the day. */
const mostOf = { month: 3, week: 50, day: 50 };
const first = firstDayOfWeek(locale);
const inDay = ".task-chip-link, .days-add, .days-more";

/**
 * Weeks of days, by the ARIA pattern of a grid: arrows go from day to day, and Tab or Enter to what is on the one that
 * is reached. A task can be lifted there and carried to another day.
 */
export function DayGrid(props: Props) {
  const { weeks, columns, drag, day, turn } = props;
  const [active, setActive] = useState(day);
  const grid = useRef<HTMLTableElement>(null);
  const byKey = useRef(false);
  const shown = weeks.some((week) => week.includes(active)) ? active : day;
  const month = day.slice(0, 7);
  useEffect(() => {
    if (byKey.current) cellOf(grid.current, shown)?.focus();
    byKey.current = false;
  }, [shown, weeks]);
  const go = (to: string) => {
    byKey.current = true;
    setActive(to);
    if (!weeks.some((week) => week.includes(to))) turn(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
    const cell = cellOf(grid.current, shown);
    const target = event.target as HTMLElement;
    const isInside = target !== cell;
    const parts = [...(cell?.querySelectorAll<HTMLElement>(inDay) ?? [])];
    if (isInside && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      parts[parts.indexOf(target) + (event.key === "ArrowUp" ? -1 : 1)]?.focus();
    } else if (isInside && event.key === "Escape") cell?.focus();
    else if (!isInside && event.key === "Enter") {
      (parts.find((part) => part.matches("[data-handle]")) ?? parts[0])?.focus();
    }
    else {
      const to = dayByKey(event.key, event.shiftKey, shown, first);
      if (to === null) return;
      go(to);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="days-scroll">
      <p id={drag.helpId} hidden>
        {words.help}
      </p>
      <table ref={grid} role="grid" className="days-grid" aria-labelledby="days-title" onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {weekdayNames(locale, first).map((name) => (
              <th key={name.full} scope="col" abbr={name.full}>
                {name.short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((each) => (
                <Day
                  key={each}
                  {...props}
                  each={each}
                  cards={columns.find(({ id }) => id === each)?.cards ?? []}
                  isOther={props.span === "month" && !each.startsWith(month)}
                  isReached={each === shown}
                  reach={() => setActive(each)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <span className="unseen" role="status">
        {drag.says}
      </span>
    </div>
  );
}

function cellOf(grid: HTMLElement | null, day: string): HTMLElement | null {
  return grid?.querySelector<HTMLElement>(`[data-column="${day}"]`) ?? null;
}

interface DayProps extends Props {
  each: string;
  cards: readonly string[];
  /** Whether it is of another month. */
  isOther: boolean;
  isReached: boolean;
  reach: () => void;
}

/** A day with its first tasks; a press where it is empty adds one. */
function Day(props: DayProps) {
  const { each, cards, span, now, cut, drag, moves, open, onOpen, addressOf, add, isOther, isReached, reach } = props;
  const numberId = useId();
  const spoken = spokenDay(each, locale);
  const isFull = cards.length > mostOf[span];
  const shown = isFull ? cards.slice(0, mostOf[span]) : cards;
  const isCut = cut !== "" && each >= cut;
  const left = cards.length - shown.length;
  const tab = isReached ? 0 : -1;
  const press = (event: MouseEvent) => {
    const isOnControl = (event.target as Element).closest("a, button, .task-chip, .field-error") !== null;
    if (add !== null && cards.length === 0 && !isCut && !isOnControl) add(each);
  };
  return (
    <td
      role="gridcell"
      className={`days-cell ${isOther ? "days-other" : ""} ${drag.gap?.column === each ? "days-over" : ""}`}
      tabIndex={tab}
      aria-label={words.day(spoken, cards.length)}
      aria-current={each === now ? "date" : undefined}
      onFocus={reach}
      onClick={press}
      {...drag.column(each)}
    >
      <div className="days-day-head">
        <span id={numberId} className="days-number" aria-hidden="true">
          {Number(each.slice(8))}
        </span>
        {add !== null && (
          <button
            type="button"
            className="icon-button days-add"
            tabIndex={tab}
            aria-label={words.add(spoken)}
            onClick={() => add(each)}
          >
            <Icon name="plus" />
          </button>
        )}
      </div>
      {shown.map((id) => (
        <TaskChip
          key={id}
          id={id}
          drag={drag}
          moves={moves}
          isOpen={id === open}
          onOpen={onOpen}
          isReached={isReached}
        />
      ))}
      {(left > 0 || isCut) && (
        <Link
          className="days-more"
          to={addressOf(each)}
          tabIndex={tab}
          aria-label={isCut ? words.restOf(spoken) : words.moreOf(left, spoken)}
        >
          {isCut ? words.rest : words.more(left)}
        </Link>
      )}
    </td>
  );
}
