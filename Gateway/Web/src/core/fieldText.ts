import { durationText } from "./durations";
import type { Field } from "./fields";
import { dayAndHour, formatInt64, formatMoney, formatNumber, formatDate, type MoneyStyle, relativeTime } from "./format";
import { isWhole } from "./numbers";
import { formatPhone } from "./phone";
import type { Money } from "./types";
import { isolated } from "../words/sentences";
import { words } from "../words/fields";

/** The names of what a tenant defines and of other records; "" while they are unknown. */
export interface Names {
  /** The name of a list's entry: for "lead_status", "contacted". `within` says which, if several have the key. */
  entry(picklist: string, key: string, within?: string): string;
  /** The name of a record. */
  record(id: string): string;
  /** The name of a field's choice. */
  choice(field: Field, key: string): string;
  /** The tenant's money format; the reader's while that is unknown. */
  money?: MoneyStyle | undefined;
}

/** A field's value in words; "" when it is empty. */
export function fieldText(field: Field, value: unknown, names: Names): string {
  if (value === undefined || value === null || value === "") return "";
  switch (field.kind) {
    case "integer":
    case "decimal":
      return inUnit(field, typeof value === "string" ? formatInt64(value) : formatNumber(value as number));
    case "duration":
      return durationText(Number(value));
    case "money":
      return formatMoney(value as Money, names.money);
    case "flag":
      return value === true ? words.yes : words.no;
    case "date":
      return formatDate(value as string);
    case "phone":
      return formatPhone(value as string);
    case "moment":
      return relativeTime(value as string, new Date());
    case "choice":
      return names.choice(field, value as string);
    case "picklist":
      return names.entry(field.picklist ?? "", value as string);
    case "reference":
      return names.record(value as string);
    case "references":
      return (value as string[]).map((id) => isolated(names.record(id))).join(", ");
    case "texts":
      return (value as string[]).map(isolated).join(", ");
    case "other":
      return typeof value === "object" ? "" : String(value);
    default:
      return String(value);
  }
}

/** A formatted number with its unit. */
export function inUnit({ unit }: Field, number: string): string {
  return unit === undefined ? number : words.counting(number, unit);
}

/**
 * A value of a history entry, in words: there every value is text, times in RFC 3339, amounts as
 * "12.34 EUR" and lists in JSON. Times stay what they are while the history gets older.
 *
 * @param within - what an entry of a list belongs to, if others may have its key: for a stage, its pipeline
 */
export function historyText(
  field: Field | undefined,
  text: string,
  names: Names,
  within?: string,
): string {
  if (field === undefined || text === "") return text;
  switch (field.kind) {
    case "money":
    case "other":
      return text;
    case "integer":
      return inUnit(field, formatInt64(text));
    case "duration":
      return isWhole(text) ? durationText(Number(text)) : text;
    case "decimal":
      return Number.isFinite(Number(text)) ? inUnit(field, formatNumber(Number(text))) : text;
    case "flag":
      return text === "true" ? words.yes : words.no;
    case "references":
    case "texts":
      return fieldText(field, listOf(text), names);
    case "moment":
      return dayAndHour(text) || text;
    case "picklist":
      return names.entry(field.picklist ?? "", text, within) || text;
    default:
      return fieldText(field, text, names) || text;
  }
}

function listOf(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [text];
  } catch {
    return [text];
  }
}
