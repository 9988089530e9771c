import { useEffect, useRef } from "react";
import { spokenDay } from "../../core/dates";
import { locale } from "../../core/format";
import { Icon } from "../../parts/Icon";
import { Link } from "../../parts/Link";
import { words } from "../../words/taskCalendar";
import type { DaysProps } from "./DayGrid";
import { TaskChip } from "./TaskChip";

/** The tasks of each day under its name, without the days that have none, unless that is the present or the only one. */
export function DayList(props: DaysProps & { isBusy: boolean }) {
  const { weeks, columns, now, cut, moves, open, onOpen, addressOf, add, isBusy } = props;
  const isOne = weeks.flat().length === 1;
  const isCut = (day: string) => cut !== "" && day >= cut;
  const isInMonth = weeks.length > 1;
  const hasLoaded = useRef(false);
  // What is overdue stands above the present day, which is what one looks for.
  useEffect(() => {
    if (isBusy || hasLoaded.current) return;
    hasLoaded.current = true;
    if (isInMonth) document.getElementById(`day-${now}`)?.scrollIntoView({ block: "start" });
  }, [isBusy, isInMonth, now]);
  const days = columns.filter(({ id, cards }) => isOne || id === now || cards.length > 0);
  return (
    <div className="days-list">
      {days.length === 0 && !isBusy && <p className="muted">{words.none}</p>}
      {days.map(({ id: day, cards }) => (
        <section key={day} className="days-list-day" aria-labelledby={`day-${day}`}>
          <div className="days-day-head">
            <h3 id={`day-${day}`} aria-current={day === now ? "date" : undefined}>
              {isOne ? words.tasks : spokenDay(day, locale)}
            </h3>
            {add !== null && (
              <button
                type="button"
                className="button-quiet"
                aria-label={words.add(spokenDay(day, locale))}
                onClick={() => add(day)}
              >
                <Icon name="plus" />
                {words.addShort}
              </button>
            )}
          </div>
          {cards.length === 0 && !isBusy && <p className="muted">{words.noneOnDay}</p>}
          {cards.map((id) => (
            <TaskChip key={id} id={id} drag={null} moves={moves} isOpen={id === open} onOpen={onOpen} isReached />
          ))}
          {!isOne && isCut(day) && (
            <Link className="days-more" to={addressOf(day)} aria-label={words.restOf(spokenDay(day, locale))}>
              {words.rest}
            </Link>
          )}
        </section>
      ))}
    </div>
  );
}
