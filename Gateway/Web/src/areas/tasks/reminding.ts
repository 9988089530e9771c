import { words as all } from "../../words/taskScreens";

const words = all.reminders;

export const units = { minutes: 1, hours: 60, days: 24 * 60, weeks: 7 * 24 * 60 } as const;

export type Unit = keyof typeof units;

/** A year. */
export const mostMinutes = 525_600;
export const mostReminders = 10;

/** Reminders that are offered by one press, in minutes before a task is due. */
export const usual: readonly number[] = [0, units.hours, units.days, units.weeks];

/** How long before a task is due, in its largest whole unit: "2 hours before". */
export function reminderText(minutes: number): string {
  if (minutes === 0) return words.atDue;
  const fitting = (["weeks", "days", "hours"] as const).find((unit) => minutes % units[unit] === 0);
  return fitting === undefined ? words.minutes(minutes) : words[fitting](minutes / units[fitting]);
}

/** A typed length of time in minutes; null if it is none, or longer than a reminder may be before. */
export function readReminder(text: string, unit: Unit): number | null {
  if (!/^\d{1,6}$/.test(text.trim())) return null;
  const minutes = Number(text) * units[unit];
  return minutes <= mostMinutes ? minutes : null;
}
