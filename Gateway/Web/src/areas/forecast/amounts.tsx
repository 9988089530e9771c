import { formatInt64, formatMoney, type MoneyStyle } from "../../core/format";
import type { Money } from "../../core/types";
import { words } from "../../words/forecast";

/** A difference, with a readable sign: "+$1,200", "−$300", "no change". */
export function changeText(digits: string, written: (digits: string) => string): string {
  if (/^-?[0.]*$/.test(digits)) return words.change.none;
  if (digits.startsWith("-")) return words.change.less(written(digits.slice(1)));
  return words.change.more(written(digits));
}

export function moneyChangeText(change: Money | null, money: MoneyStyle | undefined): string {
  return changeText(change?.amount_minor ?? "0", (digits) =>
    formatMoney({ amount_minor: digits, currency: change?.currency ?? "" }, money),
  );
}

export function countChangeText(change: string | null): string {
  return changeText(change ?? "0", formatInt64);
}

/** Which way a figure should go; "neither" for one that is no better or worse for being larger. */
export type Aim = "more" | "less" | "neither";

interface ChangeProps {
  text: string;
  aim?: Aim;
}

/** A difference, shown under the figure that has changed. */
export function Change({ text, aim = "more" }: ChangeProps) {
  return <span className={`figure-change ${toneOf(text, aim)}`}>{text}</span>;
}

function toneOf(text: string, aim: Aim): string {
  if (text === words.change.none || aim === "neither") return "muted";
  return text.startsWith("+") === (aim === "more") ? "good" : "bad";
}
