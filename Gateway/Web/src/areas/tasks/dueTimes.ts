import { locale } from "../../core/format";
import { dayAndTime, writtenTime } from "../../core/moments";
import { dayText } from "../../core/periods";
import { words } from "../../words/due";

const day = 24 * 60 * 60 * 1000;
const wording = locale.startsWith("en") ? locale : "en";

/** When something is due, for the reader: "Today 2:30 PM", "Tomorrow 9:00 AM", "Mon, Nov 30, 9:00 AM"; "" for never. */
export function dueText(due: string, now: Date): string {
  const at = new Date(due);
  if (due === "" || Number.isNaN(at.getTime())) return "";
  const time = writtenTime(dayAndTime(due).time, locale);
  const near = words.near[calendarDays(now, at)];
  if (near !== undefined) return words.at(near, time);
  const isThisYear = at.getFullYear() === now.getFullYear();
  const written = new Intl.DateTimeFormat(wording, {
    weekday: "short",
    day: "numeric",
    month: "short",
    ...(isThisYear ? {} : { year: "numeric" }),
  }).format(at);
  return words.on(written, time);
}

/** Whether something that is not done should have been. */
export function isOverdue({ due_time: due, closed }: { due_time: string; closed: boolean }, now: Date): boolean {
  return !closed && due !== "" && new Date(due).getTime() <= now.getTime();
}

/** The clock of a time zone at a moment: "Fri, Nov 27, 9:00 AM"; "" if the zone is the reader's, or unknown. */
export function timeThere(due: string, zone: string): string {
  const at = new Date(due);
  if (due === "" || zone === "" || Number.isNaN(at.getTime())) return "";
  const style = { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" } as const;
  try {
    const there = new Intl.DateTimeFormat(wording, { ...style, timeZone: zone }).format(at);
    return there === new Intl.DateTimeFormat(wording, style).format(at) ? "" : there.replace(/\u202f/g, " ");
  } catch {
    return "";
  }
}

/** The reader's own time zone. */
export function readersZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function calendarDays(from: Date, to: Date): number {
  const start = (date: Date) => Date.parse(`${dayText(date)}T00:00:00Z`);
  return Math.round((start(to) - start(from)) / day);
}
