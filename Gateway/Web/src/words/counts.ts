// Counts with their nouns.

import { formatCount, formatNumber } from "../core/format";

/** A noun in singular and plural: "lead", "leads". */
export interface Noun {
  one: string;
  many: string;
}

const rules = new Intl.PluralRules("en");

/** "1 choice", "2,000 choices": a count with the right form of the noun. */
export function plural(count: number, one: string, other: string): string {
  return `${formatNumber(count)} ${rules.select(count) === "one" ? one : other}`;
}

/**
 * "1 lead", "1,000+ leads": a number of a kind.
 *
 * @param count - a number, or a whole number as the API writes an int64
 * @param more - whether there are more than that
 */
export function counted(count: number | string, { one, many }: Noun, more = false): string {
  const number = Number(count);
  return more ? `${formatCount(number, more)} ${many}` : plural(number, one, many);
}
