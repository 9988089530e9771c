import { addDays, addMonths, monthWeeks, type Weekday, weekdayOf } from "./dates";
import { dayAndTime } from "./moments";

// The days of a calendar, and the records on them: by the reader's clocks, whatever these do in between.

/** What a calendar shows at once. */
export type CalendarPart = "month" | "week" | "day";

/** The days that a calendar shows, in weeks of seven; one of a day has that one. */
export type CalendarWeeks = readonly (readonly string[])[];

/** The days to show about a day; a month has whole weeks, with days of the months before and after. */
export function calendarWeeks(part: CalendarPart, day: string, first: Weekday): CalendarWeeks {
  switch (part) {
    case "month":
      return monthWeeks(day, first);
    case "week": {
      const start = addDays(day, -((weekdayOf(day) - first + 7) % 7));
      return [Array.from({ length: 7 }, (_, place) => addDays(start, place))];
    }
    case "day":
      return [[day]];
  }
}

/** A day of the month, week or day before or after. */
export function calendarStep(part: CalendarPart, day: string, steps: number): string {
  return part === "month" ? addMonths(day, steps) : addDays(day, part === "week" ? 7 * steps : steps);
}

/** What is placed by its time. */
interface Placed {
  id: string;
  time: string;
}

/** The ids of records by their days, in the order of their times; only of days that are shown. */
export function byDay(weeks: CalendarWeeks, records: readonly Placed[]): ReadonlyMap<string, readonly string[]> {
  const days = new Map<string, string[]>(weeks.flat().map((day) => [day, []]));
  const sorted = [...records].sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  for (const { id, time } of sorted) days.get(dayAndTime(time).day)?.push(id);
  return days;
}

/** The same time of another day: what is due at nine stays so, also across a change of the clocks. */
export function onDay(moment: string, day: string): string {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  const at = new Date(moment);
  at.setFullYear(year, month - 1, date);
  return at.toISOString().replace(".000Z", "Z");
}

/** The day of a key that moves through a calendar; null for a key that does not. */
export function dayByKey(key: string, isShifted: boolean, day: string, first: Weekday): string | null {
  const intoWeek = (weekdayOf(day) - first + 7) % 7;
  switch (key) {
    case "ArrowLeft":
      return addDays(day, -1);
    case "ArrowRight":
      return addDays(day, 1);
    case "ArrowUp":
      return addDays(day, -7);
    case "ArrowDown":
      return addDays(day, 7);
    case "Home":
      return addDays(day, -intoWeek);
    case "End":
      return addDays(day, 6 - intoWeek);
    case "PageUp":
      return addMonths(day, isShifted ? -12 : -1);
    case "PageDown":
      return addMonths(day, isShifted ? 12 : 1);
    default:
      return null;
  }
}
