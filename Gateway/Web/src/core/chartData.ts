import { minorDigits } from "./format";
import type { Money } from "./types";

/** A row of bars, or a line, of a chart. */
export interface ChartSeries {
  label: string;
  /** A colour of the palette, as `tokens.css` names it: "--good". */
  colour: string;
  /** What is drawn at each place; null for nothing. */
  values: readonly (number | null)[];
  /** The same in words, exact where a drawing is not. */
  texts: readonly string[];
}

/** How far an amount is drawn, in whole units: no more than the eye tells apart, so that it may be rounded. */
export function drawn(money: Money | null): number | null {
  return money === null ? null : Number(money.amount_minor) / 10 ** minorDigits(money.currency);
}

/** A number at an axis: "1.2M". */
export function axisText(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(value);
}
