import type { Field } from "./fields";
import { minorDigits, moneyDigits, parseMinor } from "./format";
import { Refusal } from "./problem";
import type { Money } from "./types";

/** What somebody is typing into a field's control, before it is a value. */
export type Draft = string | boolean | string[] | MoneyDraft;

/** An amount as it is typed. */
export interface MoneyDraft {
  amount: string;
  currency: string;
}

/** What a control shows for a value. */
export function draftOf(field: Field, value: unknown, currency = "USD"): Draft {
  switch (field.kind) {
    case "flag":
      return value === true;
    case "references":
    case "texts":
      return Array.isArray(value) ? (value as string[]) : [];
    case "money": {
      const money = (value ?? null) as Money | null;
      if (money === null) return { amount: "", currency };
      return { amount: moneyDigits(money), currency: money.currency };
    }
    default:
      return value === undefined || value === null ? "" : String(value);
  }
}

/**
 * The value that a draft stands for; null or "" for none.
 *
 * @throws Refusal - in words for the person, when it stands for none that the field can have
 */
export function valueOf(field: Field, draft: Draft): unknown {
  switch (field.kind) {
    case "flag":
    case "references":
    case "texts":
      return draft;
    case "money":
      return moneyOf(draft as MoneyDraft, field);
    case "integer":
      return numberOf(draft as string, field, /^-?\d+$/, "a whole number");
    case "decimal":
      return numberOf(draft as string, field, /^-?\d*\.?\d+$/, "a number");
    default:
      return (draft as string).trim();
  }
}

function numberOf(text: string, field: Field, shape: RegExp, what: string): number | null {
  const digits = text.replace(/[\s,'\u00a0\u202f]/g, "").replace("−", "-");
  if (digits === "") {
    if (field.required) throw new Refusal(`Enter ${what}.`);
    return null;
  }
  const otherwise = field.required ? "" : ", or leave it empty";
  if (!shape.test(digits)) throw new Refusal(`Enter ${what}${otherwise}.`);
  const number = Number(digits);
  const { minimum, maximum } = field;
  if (minimum !== undefined && maximum !== undefined && (number < minimum || number > maximum)) {
    throw new Refusal(`Enter a number from ${minimum} to ${maximum}${otherwise}.`);
  }
  if (minimum !== undefined && number < minimum) {
    throw new Refusal(`Enter a number of at least ${minimum}${otherwise}.`);
  }
  if (maximum !== undefined && number > maximum) {
    throw new Refusal(`Enter a number of at most ${maximum}${otherwise}.`);
  }
  return number;
}

function moneyOf({ amount, currency }: MoneyDraft, field: Field): Money | null {
  if (amount.trim() === "") return null;
  const code = currency.trim().toUpperCase();
  if (!/^[A-Z]{3}$/.test(code)) {
    throw new Refusal("Enter a currency of three letters, such as USD.");
  }
  const minor = parseMinor(amount, code);
  if (minor === null) {
    const example = minorDigits(code) === 0 ? "1,250,000" : "1,250,000.50";
    throw new Refusal(`Enter an amount such as ${example}, or leave it empty.`);
  }
  if (field.minimum !== undefined && BigInt(minor) < BigInt(field.minimum)) {
    throw new Refusal(`Enter an amount of at least ${field.minimum}, or leave it empty.`);
  }
  return { amount_minor: minor, currency: code };
}
