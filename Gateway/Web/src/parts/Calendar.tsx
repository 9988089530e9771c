import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { dayByKey } from "../core/calendarDays";
import { addMonths, monthName, monthWeeks, spokenDay, today, weekdayNames } from "../core/dates";
import { locale } from "../core/format";
import { firstDayOfWeek } from "../core/periods";
import { words } from "../words/datePickers";
import { IconButton } from "./IconButton";

interface Props {
  /** `YYYY-MM-DD`, or "" for none. */
  value: string;
  min?: string | undefined;
  max?: string | undefined;
  onChoose: (day: string) => void;
}

/** A month to choose a day from, by the ARIA pattern of a grid; focus starts at the chosen day. */
export function Calendar({ value, min, max, onChoose }: Props) {
  const [now] = useState(() => today(new Date()));
  const [day, setDay] = useState(() => within(value === "" ? now : value, min, max));
  const grid = useRef<HTMLTableElement>(null);
  const byKey = useRef(true);
  const titleId = useId();
  const first = firstDayOfWeek(locale);
  const month = day.slice(0, 7);
  const mayChoose = (each: string) => within(each, min, max) === each;

  useEffect(() => {
    if (byKey.current) {
      grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
    }
    byKey.current = false;
  }, [day]);

  const goTo = (next: string) => setDay(within(next, min, max));
  const onKeyDown = (event: KeyboardEvent) => {
    const next = dayByKey(event.key, event.shiftKey, day, first);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    byKey.current = true;
    goTo(next);
  };
  return (
    <div className="calendar">
      <div className="calendar-head">
        <IconButton
          icon="collapse"
          label={words.previousMonth}
          onClick={() => goTo(addMonths(day, -1))}
        />
        <h3 id={titleId} aria-live="polite">
          {monthName(day, locale)}
        </h3>
        <IconButton
          icon="expand"
          label={words.nextMonth}
          onClick={() => goTo(addMonths(day, 1))}
        />
      </div>
      <table ref={grid} role="grid" aria-labelledby={titleId} onKeyDown={onKeyDown}>
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
          {monthWeeks(day, first).map((week) => (
            <tr key={week[0]}>
              {week.map((each) => (
                <td
                  key={each}
                  role="gridcell"
                  className={`calendar-day ${each.startsWith(month) ? "" : "calendar-other"}`}
                  tabIndex={each === day ? 0 : -1}
                  aria-label={spokenDay(each, locale)}
                  aria-selected={each === value}
                  aria-current={each === now ? "date" : undefined}
                  aria-disabled={!mayChoose(each) || undefined}
                  onClick={() => mayChoose(each) && onChoose(each)}
                  onKeyDown={(event) => {
                    if (event.key !== "Enter" && event.key !== " ") return;
                    event.preventDefault();
                    event.stopPropagation();
                    if (mayChoose(each)) onChoose(each);
                  }}
                >
                  {Number(each.slice(8))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function within(day: string, min: string | undefined, max: string | undefined): string {
  if (min !== undefined && min !== "" && day < min) return min;
  if (max !== undefined && max !== "" && day > max) return max;
  return day;
}
