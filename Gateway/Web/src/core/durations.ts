import { formatNumber } from "./format";
import { words } from "../words/durations";

const minute = 60;
const hour = 60 * minute;

/** Seconds of work in words: "2 h 30 min"; minutes are rounded, and less than one is said. */
export function durationText(seconds: number): string {
  if (seconds > 0 && seconds < minute / 2) return words.lessThanMinute;
  const minutes = Math.round(seconds / minute);
  const hours = Math.floor(minutes / 60);
  const rest = minutes - 60 * hours;
  if (hours === 0) return words.minutes(formatNumber(rest));
  return rest === 0 ? words.hours(formatNumber(hours)) : words.both(formatNumber(hours), formatNumber(rest));
}

/**
 * A typed length of time in seconds: "1:30", "1 h 30 min", "90 min", "1.5 h", "45m"; a number alone is hours if it has
 * a decimal point, else minutes. Null if it is none.
 */
export function readDuration(typed: string): number | null {
  const text = typed.trim().toLowerCase().replace(/,/g, ".").replace(/\s+/g, " ");
  const clock = /^(\d{1,4}):([0-5]\d)$/.exec(text);
  if (clock !== null) return Number(clock[1]) * hour + Number(clock[2]) * minute;
  const number = /^(\d{1,5}(?:\.\d{1,3})?)$/.exec(text);
  if (number !== null) return Math.round(Number(text) * (text.includes(".") ? hour : minute));
  const minutes = /^(\d{1,6}) ?m(?:in(?:ute)?s?)?\.?$/.exec(text);
  if (minutes !== null) return Number(minutes[1]) * minute;
  const found = /^(\d{1,4}(?:\.\d{1,3})?) ?h(?:ours?|rs?)?\.?(?: ?(\d{1,2})(?: ?m(?:in(?:ute)?s?)?\.?)?)?$/.exec(text);
  return found === null ? null : Math.round(Number(found[1]) * hour) + Number(found[2] ?? 0) * minute;
}
