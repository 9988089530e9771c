import { words } from "../words/times";

// Periods that have names, in the reader's time zone.

export const periodNames = words.periods;

export type Period = keyof typeof periodNames;

export function isPeriod(text: string): text is Period {
  return Object.hasOwn(periodNames, text);
}

/** From one time up to, not including, another; null for no end. */
export interface Span {
  from: Date | null;
  to: Date | null;
}

/**
 * The span of a named period at a given time.
 *
 * @param firstDay - of the week: 1 for Monday to 7 for Sunday
 */
export function spanOf(period: Period, now: Date, firstDay = 1): Span {
  const day = (offset: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + offset);
  const month = (offset: number) => new Date(now.getFullYear(), now.getMonth() + offset, 1);
  const intoWeek = (now.getDay() - (firstDay % 7) + 7) % 7;
  const week = (offset: number) => day(7 * offset - intoWeek);
  switch (period) {
    case "today":
      return { from: day(0), to: day(1) };
    case "yesterday":
      return { from: day(-1), to: day(0) };
    case "tomorrow":
      return { from: day(1), to: day(2) };
    case "this_week":
      return { from: week(0), to: week(1) };
    case "last_week":
      return { from: week(-1), to: week(0) };
    case "next_week":
      return { from: week(1), to: week(2) };
    case "this_month":
      return { from: month(0), to: month(1) };
    case "last_month":
      return { from: month(-1), to: month(0) };
    case "this_year":
      return {
        from: new Date(now.getFullYear(), 0, 1),
        to: new Date(now.getFullYear() + 1, 0, 1),
      };
    case "last_7_days":
      return { from: day(-6), to: day(1) };
    case "last_30_days":
      return { from: day(-29), to: day(1) };
    case "before_30_days":
      return { from: null, to: day(-29) };
    case "next_7_days":
      return { from: day(0), to: day(7) };
  }
}

/** The whole weeks of the month, the week, or the day that a calendar shows. */
export function calendarSpan(shown: "month" | "week" | "day", at: Date, firstDay: number): Span {
  const day = (date: Date, offset: number) =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate() + offset);
  if (shown === "day") return { from: day(at, 0), to: day(at, 1) };
  const intoWeek = (date: Date) => (date.getDay() - (firstDay % 7) + 7) % 7;
  const start = shown === "week" ? at : new Date(at.getFullYear(), at.getMonth(), 1);
  const last = shown === "week" ? at : new Date(at.getFullYear(), at.getMonth() + 1, 0);
  return { from: day(start, -intoWeek(start)), to: day(last, 7 - intoWeek(last)) };
}

/** A day as `YYYY-MM-DD` in the reader's zone. */
export function dayText(date: Date): string {
  const digits = (number: number, count: number) => String(number).padStart(count, "0");
  const day = `${digits(date.getMonth() + 1, 2)}-${digits(date.getDate(), 2)}`;
  return `${digits(date.getFullYear(), 4)}-${day}`;
}

/** The start of a day given as `YYYY-MM-DD`, in the reader's zone; null for any other text. */
export function startOfDay(text: string): Date | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return null;
  const date = new Date(2000, 0, 1);
  // A year below 100 is that year here, which it is not in `new Date`.
  date.setFullYear(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return dayText(date) === text ? date : null;
}

/** The start of the day after one. */
export function dayAfter(date: Date): Date {
  const after = new Date(date);
  after.setDate(after.getDate() + 1);
  // A day that begins at one o'clock, because clocks are put forward, does not end there.
  after.setHours(0, 0, 0, 0);
  return after;
}

/** Of a week by ISO 8601: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

interface WeekInfo {
  firstDay?: number;
}

/** The first day of the week in the reader's locale; Monday if unknown. */
export function firstDayOfWeek(locale: string): Weekday {
  try {
    const about = new Intl.Locale(locale) as { weekInfo?: WeekInfo; getWeekInfo?: () => WeekInfo };
    const { firstDay = 1 } = about.getWeekInfo?.() ?? about.weekInfo ?? {};
    return (firstDay >= 1 && firstDay <= 7 ? firstDay : 1) as Weekday;
  } catch {
    return 1;
  }
}
