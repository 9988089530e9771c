import { readTime } from "../../core/moments";

// A time of day as people jot it down: "9", "4pm", "14:30", "noon".

const half = " ?[ap]\\.?m\\.?";

/** What may be a time after a day, or after "at". */
export const clock = `noon|\\d{1,2}(?:[:.h]\\d{2})?(?:${half})?`;

/** What may be a time without any word before it. */
export const plainClock = `noon|\\d{1,2}(?:[:.]\\d{2}(?:${half})?|${half})`;

/**
 * A typed time of day, as "HH:MM"; "" for "", and null for what is none.
 *
 * People work by day: an hour from 1 to 6 without a half of the day is one of the afternoon, unless it begins with a
 * zero or has minutes where a day has 24 hours.
 *
 * @param isTonight - whether it is one of the evening
 * @param isSaid - whether a word or a day before it says that it is a time: "12.50" alone is an amount
 */
export function readClock(typed: string, locale: string, isTonight = false, isSaid = true): string | null {
  if (typed === "") return "";
  if (typed.toLowerCase() === "noon") return "12:00";
  const isWhole = /^\d{1,2}$/.test(typed);
  const isPlain = isWhole || /^\d{1,2}[:.h]\d{2}$/i.test(typed);
  if (!isSaid && isPlain && typed.includes(".")) return null;
  const time = readTime(typed);
  if (time === null || !isPlain) return time;
  const hours = Number(time.slice(0, 2));
  const isAfternoon = !typed.startsWith("0") && hours >= 1 && hours <= 6 && (isWhole || hasHalves(locale));
  const isEvening = isTonight && hours >= 1 && hours <= 11;
  return isAfternoon || isEvening ? String(hours + 12) + time.slice(2) : time;
}

function hasHalves(locale: string): boolean {
  return new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions().hour12 === true;
}
