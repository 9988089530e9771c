// How often a task recurs, in words.

import { formatNumber } from "../core/format";
import { plural } from "./counts";
import { listed } from "./sentences";

const units = {
  daily: ["day", "days"],
  weekly: ["week", "weeks"],
  monthly: ["month", "months"],
  yearly: ["year", "years"],
} as const;

export type Frequency = keyof typeof units;

const ordinals: Readonly<Record<number, string>> = {
  1: "first",
  2: "second",
  3: "third",
  4: "fourth",
  5: "fifth",
  [-1]: "last",
  [-2]: "second to last",
};

export const words = {
  every: (frequency: Frequency, interval: number) => {
    const [one, many] = units[frequency];
    return interval === 1 ? `Every ${one}` : `Every ${plural(interval, one, many)}`;
  },
  unit: (frequency: Frequency, interval: number) => units[frequency][interval === 1 ? 0 : 1],
  on: (days: readonly string[]) => ` on ${listed(days)}`,
  onDay: (day: number) => `on day ${formatNumber(day)}`,
  onLastDay: "on the last day",
  /** @param ordinal - 1 to 5, or from the end -1 or -2 */
  onWeekday: (ordinal: number, weekday: string) => `on the ${ordinals[ordinal] ?? String(ordinal)} ${weekday}`,
  times: (count: number) => `, ${plural(count, "time", "times")}`,
  until: (day: string) => `, until ${day}`,
  /** For what the form cannot show. */
  custom: (rule: string) => `By the rule ${rule}`,
  nextOn: {
    completion: "The next one is made when this one is completed.",
    date: "The next one is made when this one is due.",
  },
};
