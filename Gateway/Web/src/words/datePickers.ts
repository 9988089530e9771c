// What calendars and their fields say: loaded with them.

import { isolated } from "./sentences";

export const words = {
  choose: (label: string) => `Choose ${isolated(label)} in a calendar`,
  previousMonth: "Previous month",
  nextMonth: "Next month",
  today: "Today",
  timeOf: (label: string) => `Time of ${isolated(label)}`,
  pattern: datePattern,
  missing: "Enter a date.",
  none: (example: string) => `Enter a date such as ${example}.`,
  noTime: (example: string) => `Enter a time such as ${example}.`,
  early: (least: string) => `Enter a date of ${least} or later.`,
  late: (most: string) => `Enter a date of ${most} or earlier.`,
};

/** How a locale writes a day: "MM/DD/YYYY". */
function datePattern(locale: string): string {
  const letters: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {
    year: "YYYY",
    month: "MM",
    day: "DD",
  };
  return new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    calendar: "gregory",
    numberingSystem: "latn",
  })
    .formatToParts(0)
    .map((part) => letters[part.type] ?? part.value)
    .join("");
}
