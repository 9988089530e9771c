import { fits64, latinDigits, marksOf, plainNumber } from "./numbers";
import { startOfDay } from "./periods";
import type { Money } from "./types";
import { words } from "../words/times";

// Numbers, money and dates are formatted in the reader's locale; words are English.

export const locale = typeof navigator === "undefined" ? "en-US" : navigator.language;
const wording = locale.startsWith("en") ? locale : "en";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago: "just now", "5m ago", "3h ago", "yesterday", then the day; "" for "". */
export function relativeTime(time: string, now: Date): string {
  const then = parseTime(time);
  if (then === null) return "";
  const seconds = (now.getTime() - then.getTime()) / 1000;
  const relative = new Intl.RelativeTimeFormat(wording, { numeric: "auto", style: "narrow" });
  if (Math.abs(seconds) < minute) return words.justNow;
  if (Math.abs(seconds) < hour) return relative.format(-Math.trunc(seconds / minute), "minute");
  if (Math.abs(seconds) < 12 * hour) return relative.format(-Math.trunc(seconds / hour), "hour");
  const days = calendarDays(then, now);
  if (Math.abs(days) < 7) return relative.format(-days, "day");
  const sameYear = then.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(wording, {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(then);
}

/** A time in full, with its zone. */
export function exactTime(time: string): string {
  const then = parseTime(time);
  if (then === null) return "";
  return new Intl.DateTimeFormat(wording, { dateStyle: "full", timeStyle: "long" }).format(then);
}

/** A time by day and hour, whatever the present day is: "Nov 30, 2026, 9:00 AM"; "" for none. */
export function dayAndHour(time: string): string {
  const then = parseTime(time);
  if (then === null) return "";
  return new Intl.DateTimeFormat(wording, { dateStyle: "medium", timeStyle: "short" })
    .format(then)
    .replace(/\u202f/g, " ");
}

/** A day given as `YYYY-MM-DD`, in the locale's format; any other text as it is. */
export function formatDate(day: string): string {
  const date = startOfDay(day);
  return date === null ? day : new Intl.DateTimeFormat(wording, { dateStyle: "medium" }).format(date);
}

/** How long something took: "0.8 s", "12 s", "3 min 5 s". */
export function duration(start: string, end: string): string {
  const from = parseTime(start);
  const to = parseTime(end);
  if (from === null || to === null) return "";
  const seconds = Math.max(0, (to.getTime() - from.getTime()) / 1000);
  if (seconds < 0.05) return words.noTime;
  if (seconds < 10) return words.seconds(formatNumber(Math.round(seconds * 10) / 10));
  if (seconds < minute) return words.seconds(formatNumber(Math.round(seconds)));
  return words.minutes(Math.floor(seconds / minute), Math.round(seconds % minute));
}

/** How long something took or has been taking, in its largest unit: "5 minutes", "3 hours", "12 days". */
export function spentTime(seconds: number): string {
  if (!(seconds >= minute)) return words.lessThanMinute;
  if (seconds < hour) return words.spent.minutes(Math.floor(seconds / minute));
  if (seconds < day) return words.spent.hours(Math.floor(seconds / hour));
  return words.spent.days(Math.floor(seconds / day));
}

export function formatNumber(value: number): string {
  // As many digits as a decimal number keeps, so nothing is rounded.
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 15 }).format(value);
}

/** Points with a readable sign: "+25", "−5". */
export function signedPoints(points: number): string {
  return points > 0 ? `+${points}` : `−${-points}`;
}

/** A whole number as the API writes an int64: a decimal text. */
export function formatInt64(text: string): string {
  return /^-?\d+$/.test(text) ? new Intl.NumberFormat(locale).format(BigInt(text)) : text;
}

/** A count that may only be a lower bound: "1,000+". */
export function formatCount(total: number, more: boolean): string {
  return formatNumber(total) + (more ? "+" : "");
}

export function formatBytes(bytes: number): string {
  const units = words.bytes;
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)} ${units[unit]}`;
}

/** The currencies whose minor unit has another number of digits than two, as the API counts them (ISO 4217). */
const unusualDigits: Readonly<Record<number, string>> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
};

/** Digits after the point in a currency; the browser would round some currencies to whole units. */
export function minorDigits(currency: string): number {
  const found = Object.entries(unusualDigits).find(([, codes]) => codes.split(" ").includes(currency));
  return found === undefined ? 2 : Number(found[0]);
}

/** How amounts of money are written and typed. */
export interface MoneyStyle {
  locale: string;
  /** The currency of amounts without one. */
  currency: string;
}

/** The reader's own format, where no tenant says otherwise. */
export const readersMoney: MoneyStyle = { locale, currency: "USD" };

/** Money in the locale, to the last unit whatever its size; without ".00". */
export function formatMoney(money: Money, { locale } = readersMoney): string {
  const digits = minorDigits(money.currency);
  const { negative, whole, fraction } = splitMinor(money.amount_minor ?? "0", digits);
  const shownDigits = /^0*$/.test(fraction) ? 0 : digits;
  try {
    const parts = new Intl.NumberFormat(locale, {
      style: "currency",
      currency: money.currency,
      minimumFractionDigits: shownDigits,
      maximumFractionDigits: shownDigits,
    }).formatToParts(whole);
    const text = parts.map((part) => (part.type === "fraction" ? fraction : part.value)).join("");
    return (negative ? "-" : "") + text;
  } catch {
    return `${moneyDigits(money, { locale })} ${money.currency}`;
  }
}

/** Money as people type it: "12345.60", or "12345,60" in locales that write it so. */
export function moneyDigits(money: Money, { locale }: Pick<MoneyStyle, "locale"> = readersMoney): string {
  const { negative, whole, fraction } = splitMinor(money.amount_minor ?? "0", minorDigits(money.currency));
  const cents = /^0*$/.test(fraction) ? "" : marksOf(locale).decimal + fraction;
  return (negative ? "-" : "") + whole.toString() + cents;
}

/** A typed amount in minor units, in digits; null if it is not an amount of that currency. */
export function parseMinor(text: string, currency: string, { locale } = readersMoney): string | null {
  const digits = minorDigits(currency);
  const plain = plainNumber(text, marksOf(locale));
  if (plain === null) return null;
  const [whole = "0", fraction = ""] = plain.split(".");
  if (fraction.length > digits) return null;
  const minor = BigInt(whole + fraction.padEnd(digits, "0")).toString();
  return fits64(minor) ? minor : null;
}

/** An example of a typed amount: "1,250,000.50". */
export function exampleAmount(currency: string, { locale } = readersMoney): string {
  const fraction = { minimumFractionDigits: Math.min(2, minorDigits(currency)) };
  return new Intl.NumberFormat(locale, { ...latinDigits, ...fraction }).format(
    minorDigits(currency) === 0 ? 1_250_000 : 1_250_000.5,
  );
}

/** Up to two letters that stand for a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter((word) => word !== "");
  const first = words[0];
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return [first, last]
    .map((word) => (word === undefined ? "" : ([...word][0] ?? "").toLocaleUpperCase()))
    .join("");
}

function splitMinor(minor: string, digits: number) {
  const amount = /^-?\d+$/.test(minor) ? BigInt(minor) : 0n;
  const negative = amount < 0n;
  const text = (negative ? -amount : amount).toString().padStart(digits + 1, "0");
  const whole = BigInt(text.slice(0, text.length - digits));
  return { negative, whole, fraction: digits === 0 ? "" : text.slice(-digits) };
}

function parseTime(time: string): Date | null {
  if (time === "") return null;
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date;
}

function calendarDays(from: Date, to: Date): number {
  const start = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((start(to).getTime() - start(from).getTime()) / (day * 1000));
}
