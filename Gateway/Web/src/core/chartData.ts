import { minorDigits } from "./format";
import type { Money } from "./types";

/** A row of bars, or a line, of a chart. */
export interface ChartSeries {
  label: string;
  /** A colour of the palette, as named in `tokens.css`: "--good". */
  colour: string;
  /** What is drawn at each place; null for nothing. */
  values: readonly (number | null)[];
  /** The same in words, exact where a drawing is not. */
  texts: readonly string[];
}

/** The height of an amount, in whole units: rounding is too small to be seen. */
export function drawn(money: Money | null): number | null {
  return money === null ? null : Number(money.amount_minor) / 10 ** minorDigits(money.currency);
}

/** Whether there is anything to see of it: without, its axis would have numbers that mean nothing. */
export function isDrawable(series: readonly ChartSeries[]): boolean {
  return series.some(({ values }) => values.some((value) => (value ?? 0) !== 0));
}

/** A number at an axis: "1.2M". */
export function axisText(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(value);
}
