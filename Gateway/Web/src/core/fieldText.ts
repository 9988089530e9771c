import type { Field } from "./fields";
import { formatInt64, formatMoney, formatNumber, formatDate, type MoneyStyle, relativeTime } from "./format";
import { formatPhone } from "./phone";
import type { Money } from "./types";
import { isolated } from "../words/sentences";
import { words } from "../words/fields";

/** Names of what a tenant defines and of other records; "" while they are not known. */
export interface Names {
  /** What a key of a list is called: of "lead_status", "contacted". `within` says which, where several have the key. */
  entry(picklist: string, key: string, within?: string): string;
  /** What a record is called. */
  record(id: string): string;
  /** What a choice of a field is called. */
  choice(field: Field, key: string): string;
  /** How the tenant writes money; as the reader does, while that is not known. */
  money?: MoneyStyle | undefined;
}

/** A field's value in words; "" when it is empty. */
export function fieldText(field: Field, value: unknown, names: Names): string {
  if (value === undefined || value === null || value === "") return "";
  switch (field.kind) {
    case "integer":
    case "decimal":
      return inUnit(field, typeof value === "string" ? formatInt64(value) : formatNumber(value as number));
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

/** A number that is written already, with what it counts. */
export function inUnit({ unit }: Field, number: string): string {
  return unit === undefined ? number : words.counting(number, unit);
}

/**
 * A value as history has it, in words: there every value is text, times in RFC 3339, amounts as
 * "12.34 EUR" and lists in JSON.
 *
 * @param within - what an entry of a list belongs to, where others may have its key: of a stage, its pipeline
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
    case "decimal":
      return Number.isFinite(Number(text)) ? inUnit(field, formatNumber(Number(text))) : text;
    case "flag":
      return text === "true" ? words.yes : words.no;
    case "references":
    case "texts":
      return fieldText(field, listOf(text), names);
    case "moment":
      return relativeTime(text, new Date()) || text;
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
