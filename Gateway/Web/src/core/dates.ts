// Calendar days as `YYYY-MM-DD`, and how people of a locale write them. Whatever calendar and digits
// a locale has, days are Gregorian here, as in the API.

import type { Weekday } from "./periods";

export type { Weekday };

/** Whether a text is an existing day, as the API writes it. */
export function isDay(text: string): boolean {
  return timeOf(text) !== null;
}

export function addDays(day: string, count: number): string {
  return dayOf((timeOf(day) ?? 0) + count * millisecondsADay);
}

/** The same day of another month, or that month's last day if it has no such day. */
export function addMonths(day: string, count: number): string {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  const months = year * 12 + (month - 1) + count;
  const target = `${pad(Math.floor(months / 12), 4)}-${pad(((months % 12) + 12) % 12 + 1, 2)}`;
  for (let last = date; last > 28; last -= 1) {
    if (isDay(`${target}-${last}`)) return `${target}-${last}`;
  }
  return `${target}-${pad(Math.min(date, 28), 2)}`;
}

export function weekdayOf(day: string): Weekday {
  return ((new Date(timeOf(day) ?? 0).getUTCDay() + 6) % 7 + 1) as Weekday;
}

/** The weeks that contain days of a day's month, each of seven days from `first` on. */
export function monthWeeks(day: string, first: Weekday): string[][] {
  const start = `${day.slice(0, 7)}-01`;
  const month = day.slice(0, 7);
  const weeks: string[][] = [];
  let next = addDays(start, -((weekdayOf(start) - first + 7) % 7));
  do {
    const from = next;
    weeks.push(Array.from({ length: 7 }, (_, place) => addDays(from, place)));
    next = addDays(from, 7);
  } while (next.startsWith(month));
  return weeks;
}

/** The present day for the reader. */
export function today(now: Date): string {
  return `${pad(now.getFullYear(), 4)}-${pad(now.getMonth() + 1, 2)}-${pad(now.getDate(), 2)}`;
}

/** A day in the locale's numeric format: "11/27/2026"; "" for "". */
export function writtenDay(day: string, locale: string): string {
  const time = timeOf(day);
  return time === null ? "" : figures(locale).format(time);
}

/** A day in words, for people who cannot see the calendar: "Friday, November 27, 2026". */
export function spokenDay(day: string, locale: string): string {
  const style = { dateStyle: "full", calendar: "gregory", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale, style).format(timeOf(day) ?? 0);
}

export function monthName(day: string, locale: string): string {
  const style = { month: "long", year: "numeric", calendar: "gregory", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale, style).format(timeOf(day) ?? 0);
}

/** The days of a week from `first` on, in short and in full. */
export function weekdayNames(locale: string, first: Weekday): { short: string; full: string }[] {
  const name = (weekday: "short" | "long", place: number) =>
    new Intl.DateTimeFormat(locale, { weekday, timeZone: "UTC" }).format(
      timeOf(addDays("2024-01-01", first - 1 + place)) ?? 0,
    );
  return Array.from({ length: 7 }, (_, place) => ({
    short: name("short", place),
    full: name("long", place),
  }));
}

/**
 * A typed day: in ISO format, in the order of the locale with any separators, or
 * with the month as a word. Dots mean that the day is first, unless the locale itself has them in another order.
 * Without a year it is one of this year. Null if it is no day.
 */
export function readDay(text: string, locale: string, now: Date): string | null {
  const typed = text.trim().toLowerCase();
  const near = nearDays[typed];
  if (near !== undefined) return addDays(today(now), near);
  const month = namedMonth(typed, locale);
  const numbers = (month?.rest ?? typed).match(/\d+/g) ?? [];
  const order: readonly Part[] = month === null ? orderOf(locale, numbers, /\d\.\s?\d/.test(typed)) : monthNamed(numbers);
  if (numbers.length !== order.length) return null;
  const given: Record<string, string> = {};
  order.forEach((part, place) => (given[part] = numbers[place] ?? ""));
  if (month !== null) given["month"] = String(month.number);
  const year = given["year"] === undefined ? String(now.getFullYear()) : fullYear(given["year"], now);
  const day = `${year.padStart(4, "0")}-${pad(Number(given["month"]), 2)}-${pad(Number(given["day"]), 2)}`;
  return isDay(day) ? day : null;
}

const nearDays: Record<string, number | undefined> = { yesterday: -1, today: 0, tomorrow: 1 };
const millisecondsADay = 24 * 60 * 60 * 1000;

function timeOf(day: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const time = Date.parse(`${day}T00:00:00Z`);
  // Some browsers read "2026-02-30" as March.
  return Number.isNaN(time) || dayOf(time) !== day || day < "0001" ? null : time;
}

function dayOf(time: number): string {
  const date = new Date(time);
  return `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1, 2)}-${pad(date.getUTCDate(), 2)}`;
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, "0");
}

function figures(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    calendar: "gregory",
    numberingSystem: "latn",
    timeZone: "UTC",
  });
}

type Part = "year" | "month" | "day";

/** The order of the numbers: if a year of four digits is first, it is ISO's. */
function orderOf(locale: string, numbers: readonly string[], hasDots: boolean): readonly Part[] {
  if (numbers.length === 3 && numbers[0]?.length === 4) return ["year", "month", "day"];
  const isDayFirst = hasDots && (!dateMark(locale).includes(".") || numbers[2]?.length === 4);
  const parts: readonly Part[] = isDayFirst ? ["day", "month", "year"] : orderIn(locale);
  return numbers.length === 2 ? parts.filter((part) => part !== "year") : parts;
}

function orderIn(locale: string): Part[] {
  return figures(locale)
    .formatToParts(0)
    .map((part) => part.type)
    .filter((type): type is Part => type === "year" || type === "month" || type === "day");
}

/** What stands between the numbers of a day in a locale: "/", ".", ". " or "-". */
export function dateMark(locale: string): string {
  return figures(locale).formatToParts(0).find((part) => part.type === "literal")?.value ?? "";
}

/** With the month as a word: "27 Nov 2026", "Nov 27, 2026", "2026 Nov 27". */
function monthNamed(numbers: readonly string[]): Part[] {
  if (numbers.length === 1) return ["day"];
  return (numbers[0]?.length ?? 0) > 2 ? ["year", "day"] : ["day", "year"];
}

function namedMonth(typed: string, locale: string): { number: number; rest: string } | null {
  for (const word of typed.match(/\p{L}{3,}/gu) ?? []) {
    for (let number = 1; number <= 12; number += 1) {
      const time = Date.UTC(2024, number - 1, 15);
      const names = [locale, "en"].map((each) =>
        new Intl.DateTimeFormat(each, { month: "long", calendar: "gregory", timeZone: "UTC" })
          .format(time)
          .toLowerCase(),
      );
      if (names.some((name) => name.startsWith(word))) {
        return { number, rest: typed.replace(word, " ") };
      }
    }
  }
  return null;
}

/** Two digits mean the year within half a century of now. */
function fullYear(typed: string, now: Date): string {
  if (typed.length > 2) return typed;
  const century = Math.floor(now.getFullYear() / 100) * 100;
  const year = century + Number(typed);
  return String(year > now.getFullYear() + 50 ? year - 100 : year);
}
