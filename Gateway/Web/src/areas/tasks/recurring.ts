import { dayIn } from "../../core/fiscal";
import { formatDate, locale } from "../../core/format";
import { type Weekday, weekdayNames, weekdayOf } from "../../core/dates";
import { startOfDay } from "../../core/periods";
import { type Frequency, words } from "../../words/recurrence";

// How a task recurs: the rules of RFC 5545 that a form can show, and their words. Any other rule is kept as it is.

export type { Frequency };

export const frequencies: readonly Frequency[] = ["daily", "weekly", "monthly", "yearly"];

/** When the last one is due. */
export type End = { is: "never" } | { is: "after"; count: number } | { is: "on"; day: string };

export interface Recurring {
  frequency: Frequency;
  /** Every so many days, weeks, months or years. */
  interval: number;
  /** Of a week: 1 is Monday. Without any, the day on which the first one is due. */
  weekdays: readonly Weekday[];
  /** Which day of a month, as a rule has it: "BYMONTHDAY=-1"; "" for the day on which the first one is due. */
  on: string;
  end: End;
}

const codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
export const mostInterval = 999;
export const mostCount = 10_000;

/** What a rule says; null if the form cannot show it. */
export function readRule(rule: string): Recurring | null {
  const parts = new Map(
    rule
      .replace(/^RRULE:/i, "")
      .replace(/;$/, "")
      .split(";")
      .map((part) => part.toUpperCase().split("=") as [string, string]),
  );
  const known = ["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL", "WKST"];
  if ([...parts.keys()].some((name) => !known.includes(name))) return null;
  const frequency = frequencies.find((each) => each.toUpperCase() === parts.get("FREQ"));
  const interval = wholeNumber(parts.get("INTERVAL") ?? "1", mostInterval);
  const end = readEnd(parts.get("COUNT"), parts.get("UNTIL"));
  if (frequency === undefined || interval === null || end === null) return null;
  if ((parts.get("WKST") ?? "MO") !== "MO") return null;
  const [days, monthDay] = [parts.get("BYDAY"), parts.get("BYMONTHDAY")];
  const said = { frequency, interval, weekdays: [], on: "", end };
  if (days === undefined && monthDay === undefined) return said;
  if (frequency === "weekly" && days !== undefined && monthDay === undefined) {
    const weekdays = days.split(",").map((code) => (codes.indexOf(code) + 1) as Weekday);
    return weekdays.every((day) => day >= 1) ? { ...said, weekdays: [...weekdays].sort() } : null;
  }
  const on = days === undefined ? `BYMONTHDAY=${monthDay ?? ""}` : `BYDAY=${days}`;
  const isOne = frequency === "monthly" && (days === undefined || monthDay === undefined);
  return isOne && onWords(on) !== "" ? { ...said, on } : null;
}

function readEnd(count: string | undefined, until: string | undefined): End | null {
  if (count !== undefined && until !== undefined) return null;
  if (count !== undefined) {
    const times = wholeNumber(count, mostCount);
    return times === null ? null : { is: "after", count: times };
  }
  if (until === undefined) return { is: "never" };
  const found = /^(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?$/.exec(until);
  const day = found === null ? "" : `${found[1]}-${found[2]}-${found[3]}`;
  return startOfDay(day) === null ? null : { is: "on", day };
}

function wholeNumber(text: string, most: number): number | null {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= most ? number : null;
}

/** The rule of RFC 5545. */
export function ruleText({ frequency, interval, weekdays, on, end }: Recurring): string {
  const parts = [`FREQ=${frequency.toUpperCase()}`];
  if (interval !== 1) parts.push(`INTERVAL=${interval}`);
  if (end.is === "after") parts.push(`COUNT=${end.count}`);
  if (end.is === "on") parts.push(`UNTIL=${end.day.replace(/-/g, "")}`);
  if (frequency === "weekly" && weekdays.length > 0) {
    parts.push(`BYDAY=${[...weekdays].sort().map((day) => codes[day - 1]).join(",")}`);
  }
  if (frequency === "monthly" && on !== "") parts.push(on);
  return parts.join(";");
}

/** A rule in words: "Every 2 weeks on Monday and Friday, until Dec 31, 2026". */
export function ruleWords(rule: string): string {
  const read = readRule(rule);
  if (read === null) return words.custom(rule);
  const { frequency, interval, weekdays, on, end } = read;
  const days = weekdays.map(weekdayName);
  const onMonth = on === "" ? "" : ` ${onWords(on)}`;
  const until = end.is === "on" ? words.until(formatDate(end.day)) : end.is === "after" ? words.times(end.count) : "";
  return words.every(frequency, interval) + (days.length === 0 ? "" : words.on(days)) + onMonth + until;
}

/** Which day of a month, in words; "" for what the form cannot show. */
export function onWords(on: string): string {
  const [, monthDay] = /^BYMONTHDAY=(-1|[12]?\d|3[01])$/.exec(on) ?? [];
  if (monthDay !== undefined) {
    return monthDay === "-1" ? words.onLastDay : Number(monthDay) > 0 ? words.onDay(Number(monthDay)) : "";
  }
  const [, ordinal, code] = /^BYDAY=(-[12]|[1-5])(MO|TU|WE|TH|FR|SA|SU)$/.exec(on) ?? [];
  if (ordinal === undefined || code === undefined) return "";
  return words.onWeekday(Number(ordinal), weekdayName((codes.indexOf(code) + 1) as Weekday));
}

/** The full name of a day of the week. */
export function weekdayName(day: Weekday): string {
  return weekdayNames(wordLocale, 1)[day - 1]?.full ?? "";
}

/** Words are English, as the sentences around them. */
const wordLocale = locale.startsWith("en") ? locale : "en";

/**
 * The days of a month on which a task that is due then can recur, as rules have them: its day, its day of the week
 * counted from the front, and from the end if it is the last one, and the last day.
 *
 * @param day - on which it is due, `YYYY-MM-DD`; "" if unknown
 */
export function monthChoices(day: string): readonly string[] {
  const number = Number(day.slice(8));
  if (startOfDay(day) === null) return ["", "BYMONTHDAY=-1"];
  const code = codes[weekdayOf(day) - 1];
  const last = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();
  return [
    "",
    `BYDAY=${Math.ceil(number / 7)}${code}`,
    ...(number + 7 > last ? [`BYDAY=-1${code}`] : []),
    "BYMONTHDAY=-1",
  ];
}

/** The day on which a task is due by the clocks of its zone; "" if it is never due. */
export function dueDay(due: string, zone: string): string {
  const at = new Date(due);
  return due === "" || Number.isNaN(at.getTime()) ? "" : dayIn(zone, at);
}

/** What a new rule begins with: every week on the day on which it is due. */
export const firstRule: Recurring = { frequency: "weekly", interval: 1, weekdays: [], on: "", end: { is: "never" } };
