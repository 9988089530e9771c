import { addDays, addMonths, dateMark, readDay, today, type Weekday, weekdayOf, writtenDay } from "../../core/dates";
import { marksOf } from "../../core/numbers";

// The day that a text ends with, such as "by next Friday" or "on 12.12.". Numbers that may be an amount, a version or a
// fraction are a day only where the locale writes days so, or after a word that says so.

/** How days are read. */
export interface Reading {
  now: Date;
  /** In whose order the numbers of a day are, such as "en-US". */
  locale: string;
}

/** What a text ends with. */
export interface DayAtEnd {
  /** The text before it. */
  rest: string;
  /** As it was typed, without a word such as "by". */
  said: string;
  /** `YYYY-MM-DD`; "" for what looks like a day, and is none. */
  day: string;
}

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
export const weekday =
  "(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)";
const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
const word = "[a-z]{3,9}";
const number = "\\d{1,2}(?:st|nd|rd|th)?";

/** A day, "" for one that does not exist, or null for what is something else than a day. */
type Reader = (said: string, before: string, reading: Reading) => string | null;

/** What a day looks like, and how it is read; the first that fits is meant. */
const forms: readonly (readonly [string, Reader])[] = [
  ["yesterday|today|tonight|tomorrow", (said, _, { now }) => addDays(today(now), near[said] ?? 0)],
  [`(?:next |this )?${weekday}`, (said, _, { now }) => ofWeek(said, today(now))],
  ["next week", (_, __, { now }) => mondayAfter(today(now))],
  ["next month", (_, __, { now }) => addMonths(today(now), 1)],
  ["in \\d{1,3} (?:days?|weeks?|months?)", (said, _, { now }) => after(said, today(now))],
  ["\\d{4}-\\d{1,2}-\\d{1,2}", (said, _, reading) => readDay(said, reading.locale, reading.now) ?? ""],
  [`${number}\\.? (?:of )?${word}\\.?(?:,? \\d{4})?`, named],
  [`${word}\\.? ${number}(?:, ?\\d{4}| \\d{4})?`, named],
  ["\\d{1,2}([./-]) ?\\d{1,2}\\1 ?\\d{4}", (said, _, reading) => coming(said, reading) ?? ""],
  ["\\d{1,2}([./])\\d{1,2}\\1\\d{2}", short],
  ["\\d{1,2}\\. ?\\d{1,2}\\.?|\\d{1,2}/\\d{1,2}", short],
];

const near: Readonly<Record<string, number>> = { yesterday: -1, tomorrow: 1 };

/** In a pattern, the first two groups are the word before the day, and the day. */
const patterns = forms.map(([form, read]) => {
  const said = form.replace(/\\1/g, "\\3");
  return { pattern: new RegExp(`(?:^|\\s)(?:(on|by|due|until|till) )?(${said})$`, "i"), read };
});

/** The day that a text ends with; null for none. One that exists is preferred to one that does not. */
export function dayAtEnd(text: string, reading: Reading): DayAtEnd | null {
  let impossible: DayAtEnd | null = null;
  for (const { pattern, read } of patterns) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const [, before = "", said = ""] = found;
    const day = read(said.toLowerCase(), before.toLowerCase(), reading);
    if (day === null) continue;
    const result = { rest: text.slice(0, found.index).trimEnd(), said, day };
    if (day !== "") return result;
    impossible ??= result;
  }
  return impossible;
}

/** How the locale writes a day of which the numbers are in another order: "12/31/2026"; "" if no order makes it one. */
export function otherOrder(said: string, { now, locale }: Reading): string {
  for (const order of ["en-GB", "en-US"]) {
    const day = /^\d/.test(said) && !/[a-z]/i.test(said) ? readDay(said.replace(/[.-]/g, "/"), order, now) : null;
    if (day !== null) return writtenDay(day, locale);
  }
  return "";
}

/** A weekday is the coming one, and the next one that of the next week. */
function ofWeek(said: string, present: string): string {
  const [name = "", which] = said.split(" ").reverse();
  const wanted = weekdayNumber(name);
  if (which === "next") return addDays(mondayAfter(present), wanted - 1);
  return addDays(present, ((wanted - weekdayOf(present) + 6) % 7) + 1);
}

export function weekdayNumber(name: string): Weekday {
  return (weekdays.findIndex((each) => each.startsWith(name.slice(0, 3))) + 1) as Weekday;
}

function mondayAfter(present: string): string {
  return addDays(present, 8 - weekdayOf(present));
}

function after(said: string, present: string): string {
  const [, count = "0", unit = ""] = /^in (\d+) (\w+?)s?$/.exec(said) ?? [];
  if (unit === "month") return addMonths(present, Number(count));
  return addDays(present, Number(count) * (unit === "week" ? 7 : 1));
}

/** "12 Dec", "Jan 5th, 2027": with a month by its name, or how that begins. */
function named(said: string, _: string, reading: Reading): string | null {
  const name = /[a-z]{3,}/.exec(said.replace(/\d(?:st|nd|rd|th)/g, "").replace(" of ", " "))?.[0] ?? "";
  const month = name === "sept" ? 8 : months.findIndex((each) => each.startsWith(name));
  if (month < 0) return null;
  const [, date = ""] = /(?:^|\D)(\d{1,2})(?!\d)/.exec(said) ?? [];
  const [year] = /\d{4}/.exec(said) ?? [];
  return coming(`${date} ${months[month]}${year === undefined ? "" : ` ${year}`}`, reading) ?? "";
}

/** Without a year of four digits, what else these numbers could be decides whether they are a day. */
function short(said: string, before: string, reading: Reading): string | null {
  const isSaid = before === "on" || before === "due";
  if (!isSaid && !isWritten(said, before, reading)) return null;
  const day = coming(said, reading);
  return day === null && isSaid ? "" : day;
}

/** Whether people of the locale write a day so, and nothing else that a task is likely to end with. */
function isWritten(said: string, before: string, { locale }: Reading): boolean {
  const mark = said.includes("/") ? "/" : ".";
  const isUsual = dateMark(locale).includes(mark);
  const numbers = said.split(/\D+/).filter((each) => each !== "").map(Number);
  if (numbers.length === 3) return isUsual || before !== "";
  if (mark === ".") return isUsual && (said.endsWith(".") || marksOf(locale).decimal !== ".");
  // "1/2" and "3/4" are also fractions, and "2/3" the second part of three.
  const [first = 0, second = 0] = numbers;
  const isPart = (first <= second && second <= 12) || said === "24/7";
  return before !== "" || (isUsual && !isPart);
}

/** A day without a year is the next one that comes; null for one that does not exist. */
function coming(said: string, { now, locale }: Reading): string | null {
  if (/\d{4}|\d\D+\d+\D+\d/.test(said)) return readDay(said, locale, now);
  // The 29th of February is one of a later year.
  for (let later = 0; later <= 8; later += 1) {
    const day = readDay(said, locale, new Date(now.getFullYear() + later, 0, 1));
    if (day !== null && day >= today(now)) return day;
  }
  return null;
}
