import { words } from "../words/forecast";
import { addDays, monthName } from "./dates";
import { formatDate, locale } from "./format";

// The periods that a tenant plans in: months, and quarters and years of its own. A fiscal year is named after
// the calendar year in which it begins: if it begins with April 2026, 2026-Q4 is January to March 2027.

export type PeriodUnit = "month" | "quarter" | "year";

export interface FiscalPeriod {
  unit: PeriodUnit;
  /** As the API has it: "2026-10", "2026-Q4", "2026". */
  name: string;
  /** The first and the last day, as `YYYY-MM-DD`. */
  start: string;
  end: string;
}

/** How many months each has. */
const lengths: Readonly<Record<PeriodUnit, number>> = { month: 1, quarter: 3, year: 12 };

/**
 * The period that a day is in.
 *
 * @param firstMonth - of the fiscal year, 1 to 12
 */
export function periodOf(unit: PeriodUnit, day: string, firstMonth: number): FiscalPeriod {
  const [year = 1970, month = 1] = day.split("-").map(Number);
  const begin = firstMonth - 1;
  const count = 12 * year + month - 1;
  // Counted from the first month of a fiscal year, periods of one length are consecutive.
  const length = lengths[unit];
  return periodAt(unit, Math.floor((count - begin) / length) * length + begin, firstMonth);
}

/** The period so many after one, or before it if the count is negative. */
export function besidePeriod(period: FiscalPeriod, count: number, firstMonth: number): FiscalPeriod {
  const [year = 1970, month = 1] = period.start.split("-").map(Number);
  return periodAt(period.unit, 12 * year + month - 1 + count * lengths[period.unit], firstMonth);
}

/** The period that an address or the API names; null for a text that names none. */
export function readPeriod(text: string, firstMonth: number): FiscalPeriod | null {
  const found = /^([1-8]\d{3})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(text);
  if (found === null) return null;
  const year = Number(found[1]);
  if (found[3] !== undefined) return periodAt("month", 12 * year + Number(found[3]) - 1, firstMonth);
  const begin = 12 * year + firstMonth - 1;
  if (found[2] === undefined) return periodAt("year", begin, firstMonth);
  return periodAt("quarter", begin + 3 * (Number(found[2]) - 1), firstMonth);
}

/** A period by its first month, which is counted from January of the year 0. */
function periodAt(unit: PeriodUnit, first: number, firstMonth: number): FiscalPeriod {
  const fiscal = first - (firstMonth - 1);
  const year = String(Math.floor(fiscal / 12)).padStart(4, "0");
  const names: Record<PeriodUnit, string> = {
    month: monthText(first),
    quarter: `${year}-Q${Math.floor((fiscal % 12) / 3) + 1}`,
    year,
  };
  const start = `${monthText(first)}-01`;
  const end = addDays(`${monthText(first + lengths[unit])}-01`, -1);
  return { unit, name: names[unit], start, end };
}

function monthText(count: number): string {
  const year = String(Math.floor(count / 12)).padStart(4, "0");
  return `${year}-${String((count % 12) + 1).padStart(2, "0")}`;
}

/** A period in words: "Q4 2026", "October 2026", "week 40 of 2026"; any other text as it is. */
export function periodWords(name: string): string {
  const found = /^(\d{4})(?:-(?:Q(\d)|W(\d\d)|(\d\d)))?$/.exec(name);
  if (found === null) return name;
  const [, year = "", quarter, week, month] = found;
  if (quarter !== undefined) return words.quarter(quarter, year);
  if (week !== undefined) return words.week(String(Number(week)), year);
  return month === undefined ? words.year(year) : monthName(`${name}-01`, locale);
}

/** Its days: "Oct 1, 2026 – Dec 31, 2026". */
export function periodDays(period: Pick<FiscalPeriod, "start" | "end">): string {
  return words.days(formatDate(period.start), formatDate(period.end));
}

/** The present day in a time zone, as `YYYY-MM-DD`; in the reader's if the zone is unknown. */
export function dayIn(zone: string, now: Date): string {
  const parts = dayFormat(zone).formatToParts(now);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
}

function dayFormat(zone: string): Intl.DateTimeFormat {
  const style = {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    calendar: "gregory",
    numberingSystem: "latn",
  } as const;
  try {
    return new Intl.DateTimeFormat("en", { ...style, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat("en", style);
  }
}
