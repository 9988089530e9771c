// Times in RFC 3339, and their day and time of day in the reader's zone.

import { isDay, today } from "./dates";

/** Typed hours and minutes, as "HH:MM"; null if they are none. */
export function readTime(text: string): string | null {
  const found = /^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap])?\.?(?:m\.?)?$/i.exec(text.trim());
  if (found === null) return null;
  let hours = Number(found[1]);
  const minutes = Number(found[2] ?? "0");
  const half = found[3]?.toLowerCase();
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return null;
    hours = (hours % 12) + (half === "p" ? 12 : 0);
  }
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

/** A time of day in the locale's format: "2:30 PM". */
export function writtenTime(time: string, locale: string): string {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const style = { hour: "numeric", minute: "2-digit", timeZone: "UTC", numberingSystem: "latn" } as const;
  return new Intl.DateTimeFormat(locale, style)
    .format(Date.UTC(2024, 0, 1, hours, minutes))
    .replace(/[\u202f\u00a0]/g, " ");
}

/** The RFC 3339 time of a day and a time of day in the reader's zone; "" if there is none. */
export function momentAt(day: string, time: string): string {
  if (!isDay(day)) return "";
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const moment = new Date(2000, month - 1, date, hours, minutes);
  moment.setFullYear(year, month - 1, date);
  return moment.toISOString().replace(/\.000Z$/, "Z");
}

/** The day and the time of day of an RFC 3339 time in the reader's zone; "" for both if there is none. */
export function dayAndTime(moment: string): { day: string; time: string } {
  const at = new Date(moment);
  if (moment === "" || Number.isNaN(at.getTime())) return { day: "", time: "" };
  const two = (number: number) => String(number).padStart(2, "0");
  return { day: today(at), time: `${two(at.getHours())}:${two(at.getMinutes())}` };
}

/** The name of the reader's zone at a time: "GMT+1". */
export function zoneName(moment: string, locale: string): string {
  const at = moment === "" ? new Date() : new Date(moment);
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: "short" }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? "";
}
