import type { BusinessHours, Holiday } from "./api.generated";
import { isDay } from "./dates";
import { words } from "../words/workspace";

// When people of a tenant work, as typed: the hours of each weekday, and the days on which nobody does.

/** The days of a week as the API names them. */
export const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** The most hours of one weekday. */
const mostOfDay = 4;

/** A time of day in the API's form, `HH:MM` from 00:00 to 24:00; null for any other text. */
export function timeOfDay(text: string): string | null {
  const found = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(text.trim());
  if (found === null) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? "0")];
  if (minute > 59 || 60 * hour + minute > 24 * 60) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** The error in one of the hours; "" for none. */
export function hoursFault(row: BusinessHours, all: readonly BusinessHours[]): string {
  const [start, end] = [timeOfDay(row.start_time), timeOfDay(row.end_time)];
  if (start === null || end === null) return words.faults.noTime;
  if (start >= end) return words.faults.notAfter;
  const others = all.filter((each) => each !== row && each.weekday === row.weekday);
  if (others.length >= mostOfDay) return words.faults.tooMany(mostOfDay);
  const overlaps = others.some((each) => {
    const [from, to] = [timeOfDay(each.start_time), timeOfDay(each.end_time)];
    return from !== null && to !== null && from < end && start < to;
  });
  return overlaps ? words.faults.overlap : "";
}

/** The hours with their times in the API's form. */
export function sentHours(all: readonly BusinessHours[]): readonly BusinessHours[] {
  return all.map((each) => ({
    ...each,
    start_time: timeOfDay(each.start_time) ?? each.start_time,
    end_time: timeOfDay(each.end_time) ?? each.end_time,
  }));
}

/** The hours with more: those of a usual week, or of the day after the last one. */
export function moreHours(all: readonly BusinessHours[]): readonly BusinessHours[] {
  const last = all[all.length - 1];
  if (last === undefined) {
    return weekdays.slice(0, 5).map((weekday) => ({ weekday, start_time: "09:00", end_time: "17:00" }));
  }
  const place = weekdays.findIndex((each) => each === last.weekday);
  return [...all, { ...last, weekday: weekdays[(place + 1) % weekdays.length] ?? "monday" }];
}

/** The error in a holiday; "" for none. */
export function holidayFault(row: Holiday, all: readonly Holiday[]): string {
  if (!isDay(row.date)) return words.faults.noDay;
  if (row.name.trim() === "") return words.faults.noName;
  return all.some((each) => each !== row && each.date === row.date) ? words.faults.twice : "";
}
