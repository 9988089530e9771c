import { words as all } from "../../words/taskSettings";

const words = all.rule;

/** Units of time, in minutes. */
export const units = { minutes: 1, hours: 60, days: 24 * 60, weeks: 7 * 24 * 60 } as const;

export type Unit = keyof typeof units;

/** A length of time as it is filled in. */
export interface Length {
  amount: string;
  unit: Unit;
}

/** Minutes in their largest whole unit; an empty amount for none. */
export function lengthOf(minutes: number | null, usual: Unit = "hours"): Length {
  if (minutes === null) return { amount: "", unit: usual };
  if (minutes === 0) return { amount: "0", unit: usual };
  const unit = (["weeks", "days", "hours"] as const).find((each) => minutes % units[each] === 0) ?? "minutes";
  return { amount: String(minutes / units[unit]), unit };
}

/** A length in minutes; null for an empty one, NaN for what is no whole number. */
export function minutesOf({ amount, unit }: Length): number | null {
  const text = amount.trim();
  if (text === "") return null;
  return /^\d{1,7}$/.test(text) ? Number(text) * units[unit] : NaN;
}

/** Minutes in words: "4 hours". */
export function lengthText(minutes: number): string {
  const { amount, unit } = lengthOf(minutes, "minutes");
  return words.lengths[unit](Number(amount));
}
