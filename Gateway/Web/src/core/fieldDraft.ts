import { durationText, readDuration } from "./durations";
import { type Field, isFilled } from "./fields";
import {
  exampleAmount,
  formatNumber,
  minorDigits,
  moneyDigits,
  type MoneyStyle,
  parseMinor,
  readersMoney,
} from "./format";
import { fits64, isLess, isWhole, marksOf, plainNumber } from "./numbers";
import { startOfDay } from "./periods";
import { explainInLine, FieldRefusal, Refusal } from "./problem";
import type { Money } from "./types";
import { type Bounds, words as all } from "../words/fields";

const words = all.typed;

/** The content of a field's control before it is a value. */
export type Draft = string | boolean | string[] | MoneyDraft;

/** An amount as typed. */
export interface MoneyDraft {
  amount: string;
  currency: string;
}

/** What a control shows for a value. */
export function draftOf(field: Field, value: unknown, style = readersMoney): Draft {
  switch (field.kind) {
    case "flag":
      return value === true;
    case "references":
    case "texts":
      return Array.isArray(value) ? (value as string[]) : [];
    case "money": {
      const money = (value ?? null) as Money | null;
      if (money === null) return { amount: "", currency: style.currency };
      return { amount: moneyDigits(money, style), currency: money.currency };
    }
    case "duration":
      return value === undefined || value === null ? "" : durationText(Number(value));
    default:
      return value === undefined || value === null ? "" : String(value);
  }
}

/** Whether a stored draft can replace `model`. */
export function isLike(kept: unknown, model: Draft): kept is Draft {
  if (typeof kept !== typeof model || kept === null) return false;
  if (Array.isArray(kept) || Array.isArray(model)) {
    return Array.isArray(kept) && Array.isArray(model) && kept.every((each) => typeof each === "string");
  }
  if (typeof model !== "object") return true;
  const { amount, currency } = kept as Partial<MoneyDraft>;
  return typeof amount === "string" && typeof currency === "string";
}

/**
 * The value of a draft; null or "" for none.
 *
 * @throws Refusal - in words for the person, if it is not a value that the field can have
 */
export function valueOf(field: Field, draft: Draft, style = readersMoney): unknown {
  switch (field.kind) {
    case "flag":
    case "references":
    case "texts":
      return draft;
    case "money":
      return moneyOf(draft as MoneyDraft, field, style);
    case "integer":
    case "decimal":
      return numberOf(draft as string, field);
    case "duration":
      return secondsOf(draft as string, field);
    case "date":
      return dateOf(draft as string, field);
    case "moment":
      return momentOf(draft as string, field);
    default:
      return (draft as string).trim();
  }
}

/** A number, or its digits if a number here would lose some of them: the API takes either. */
function numberOf(typed: string, field: Field): number | string | null {
  const text = withoutUnit(typed, field);
  const mayBeEmpty = field.required !== true;
  const number = field.kind === "integer" ? words.wholeNumber : words.number;
  if (text.trim() === "") {
    if (!mayBeEmpty) throw new Refusal(number(false));
    return null;
  }
  const digits = plainNumber(text);
  if (digits === null || (field.kind === "integer" && !isWhole(digits))) {
    throw new Refusal(number(mayBeEmpty));
  }
  if (isOutside(digits, field)) {
    throw new Refusal(words.numberWithin(boundsOf(field, formatNumber), mayBeEmpty));
  }
  if (!fits64(digits)) throw new Refusal(words.fewerDigits(mayBeEmpty));
  const value = Number(digits);
  return field.kind === "integer" && !Number.isSafeInteger(value) ? digits : value;
}

/** The seconds of a typed length of time. */
function secondsOf(text: string, field: Field): string | null {
  const mayBeEmpty = field.required !== true;
  if (text.trim() === "" && mayBeEmpty) return null;
  const seconds = readDuration(text);
  if (seconds === null || isOutside(String(seconds), field)) throw new Refusal(words.duration(mayBeEmpty));
  return String(seconds);
}

/** The unit may be typed or left out. */
function withoutUnit(typed: string, { unit }: Field): string {
  const text = typed.trim();
  return unit !== undefined && text.endsWith(unit) ? text.slice(0, -unit.length) : text;
}

function isOutside(digits: string, { minimum, maximum }: Field): boolean {
  return (
    (minimum !== undefined && isLess(digits, String(minimum))) ||
    (maximum !== undefined && isLess(String(maximum), digits))
  );
}

/** The bounds of a field's values, as they are written. */
function boundsOf({ minimum, maximum }: Field, written: (bound: number) => string): Bounds {
  return {
    ...(minimum === undefined ? {} : { least: written(minimum) }),
    ...(maximum === undefined ? {} : { most: written(maximum) }),
  };
}

function moneyOf({ amount, currency }: MoneyDraft, field: Field, style: MoneyStyle): Money | null {
  if (amount.trim() === "") {
    if (field.required === true) throw new Refusal(words.amount);
    return null;
  }
  const mayBeEmpty = field.required !== true;
  const code = currency.trim().toUpperCase();
  if (!/^[A-Z]{3}$/.test(code)) {
    throw new Refusal(words.currency);
  }
  const minor = parseMinor(amount, code, style);
  if (minor === null) {
    const digits = plainNumber(amount, marksOf(style.locale));
    if (digits === null) throw new Refusal(words.amountSuchAs(exampleAmount(code, style), mayBeEmpty));
    const decimals = minorDigits(code);
    const isLong = (digits.split(".")[1] ?? "").length > decimals;
    throw new Refusal(isLong ? words.amountDecimals(decimals, mayBeEmpty) : words.amountTooLarge(mayBeEmpty));
  }
  if (isOutside(minor, field)) {
    const written = (bound: number) => moneyDigits({ amount_minor: String(bound), currency: code }, style);
    throw new Refusal(words.amountWithin(boundsOf(field, written), mayBeEmpty));
  }
  return { amount_minor: minor, currency: code };
}

/** A time in RFC 3339. */
function momentOf(text: string, field: Field): string | null {
  const moment = text.trim();
  if (moment === "" && field.required !== true) return null;
  if (!/^\d{4}-\d{2}-\d{2}T/.test(moment) || Number.isNaN(new Date(moment).getTime())) {
    throw new Refusal(words.moment);
  }
  return moment;
}

function dateOf(text: string, field: Field): string {
  const day = text.trim();
  if (day === "" ? field.required === true : startOfDay(day) === null) throw new Refusal(words.day);
  return day;
}

/** The content of a form's controls, by the names of its fields. */
export type Drafts = Record<string, Draft>;

/**
 * The values that were filled in.
 *
 * @throws FieldRefusal - in words for the person, by the fields at fault
 */
export function filledIn(
  fields: readonly Field[],
  drafts: Drafts,
  style?: MoneyStyle,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const refusals: Record<string, string> = {};
  for (const field of fields) {
    try {
      const value = valueOf(field, drafts[field.name] ?? draftOf(field, null, style), style);
      if (isFilled(value)) values[field.name] = value;
    } catch (refusal) {
      refusals[field.name] = explainInLine(refusal);
    }
  }
  if (Object.keys(refusals).length > 0) throw new FieldRefusal(refusals);
  return values;
}
