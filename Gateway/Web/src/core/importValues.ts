import type { Field, FieldKind } from "./fields";
import type { Names } from "./fieldText";
import type { Option } from "./options";
import type { ColumnMapping, ImportedValue, ImportRemark } from "./types";
import { words } from "../words/importValues";

// Values of a file that must match something: an entry of a list, a member, an account.

/** A column whose values must match something. */
export interface ListedColumn {
  heading: string;
  field: Field;
  /** Without repetition, in the order of the file. */
  values: readonly string[];
}

/** A value that an earlier attempt could not match. */
export interface UnreadValue {
  field: string;
  value: string;
}

/** A value of a column, and its replacement. */
export interface ValueRow {
  from: string;
  /** An option's value; "" for no value, null if nothing was chosen. */
  to: string | null;
}

/** How many values of one column are examined. */
export const mostValues = 200;

const listed: readonly FieldKind[] = ["choice", "picklist", "reference"];

/** The columns whose values must match something; if several have one heading, the first. */
export function listedColumns(
  fields: readonly Field[],
  mapping: readonly ColumnMapping[],
  rows: readonly (readonly string[])[],
): ListedColumn[] {
  const seen = new Set<string>([""]);
  return mapping.flatMap(({ column, field: name }, place) => {
    const field = fields.find((each) => each.name === name);
    if (field === undefined || !listed.includes(field.kind) || seen.has(column)) return [];
    seen.add(column);
    return [{ heading: column, field, values: different(rows.map((row) => row[place] ?? "")) }];
  });
}

function different(texts: readonly string[]): string[] {
  const found = new Map<string, string>();
  for (const text of texts) {
    const key = plain(text);
    if (key !== "" && !found.has(key)) found.set(key, text.trim());
    if (found.size === mostValues) break;
  }
  return [...found.values()];
}

/** A text without what comparison ignores. */
function plain(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}

/** The option that a field's text matches; undefined if it matches none, or several. */
export function meantOption(field: Field, options: readonly Option[], text: string): Option | undefined {
  const wanted = plain(text);
  // Choices are matched by their keys, and lists also by their entries' names.
  if (field.kind === "choice") return options.find(({ value }) => value === wanted);
  const exact = options.find(({ value }) => value === text.trim());
  if (exact !== undefined) return exact;
  const called = options.filter(({ label, detail = "" }) => [label, detail].map(plain).includes(wanted));
  return called.length === 1 ? called[0] : undefined;
}

/**
 * The values of a column that need a decision, or have had one, in a stable order.
 *
 * @param options - null if not all are available: then only values known to be unmatched need one
 * @param unread - values that an earlier attempt could not match
 */
export function valueRows(
  column: ListedColumn,
  options: readonly Option[] | null,
  values: readonly ImportedValue[],
  unread: readonly UnreadValue[],
): ValueRow[] {
  const chosen = new Map<string, ImportedValue>();
  for (const each of values) {
    const key = plain(each.from);
    if (each.column === column.heading && !chosen.has(key)) chosen.set(key, each);
  }
  const earlier = unread.filter(({ field }) => field === column.field.name).map(({ value }) => value);
  const isOpen = (text: string) =>
    chosen.has(plain(text)) || (options !== null && meantOption(column.field, options, text) === undefined);
  const froms = different([
    ...earlier,
    ...column.values.filter(isOpen),
    ...[...chosen.values()].map(({ from }) => from),
  ]);
  return froms.map((from) => ({ from, to: chosen.get(plain(from))?.to ?? null }));
}

/** The values with one decided, or decided differently. */
export function withValue(values: readonly ImportedValue[], decided: ImportedValue): ImportedValue[] {
  const isSame = ({ column, from }: ImportedValue) =>
    column === decided.column && plain(from) === plain(decided.from);
  const isNew = !values.some(isSame);
  return isNew ? [...values, decided] : values.map((each) => (isSame(each) ? decided : each));
}

/** The values of columns that the file has. */
export function valuesOf(
  columns: readonly ColumnMapping[],
  values: readonly ImportedValue[],
): ImportedValue[] {
  const filled = new Set(columns.filter(({ field }) => field !== "").map(({ column }) => column));
  return values.filter(({ column }) => filled.has(column));
}

/** The values of columns that fill the same field after a change. */
export function valuesAfter(
  before: readonly ColumnMapping[],
  after: readonly ColumnMapping[],
  values: readonly ImportedValue[],
): ImportedValue[] {
  const fieldIn = (mapping: readonly ColumnMapping[], heading: string) =>
    mapping.find(({ column }) => column === heading)?.field;
  return values.filter(({ column }) => fieldIn(before, column) === fieldIn(after, column));
}

/** The values that an import could not match, according to its remarks. */
export function unreadValues(remarks: readonly ImportRemark[]): UnreadValue[] {
  return remarks
    .filter(({ value, text }) => value !== "" && /^(names no |could not be linked)/.test(text))
    .map(({ field, value }) => ({ field, value }));
}

/** A remark's sentence, with names in place of keys and ids. */
export function remarkText(text: string, field: Field | undefined, names: Names): string {
  const read = /^was read as “(.*)”$/s.exec(text)?.[1];
  if (read === undefined || field === undefined) return text;
  return words.wasReadAs(calledBy(read, field, names));
}

/** The name of a value that replaces another. */
export function calledBy(value: string, field: Field, names: Names): string {
  switch (field.kind) {
    case "choice":
      return names.choice(field, value);
    case "picklist":
      return names.entry(field.picklist ?? "", value);
    case "reference":
      return /^[a-z]+_[0-9a-z]{26}$/.test(value) ? names.record(value) || value : value;
    default:
      return value;
  }
}

/** Whether days in a file are written in a way that needs the order of day and month: 3/1/2017. */
export function hasSlashedDays(
  fields: readonly Field[],
  mapping: readonly ColumnMapping[],
  rows: readonly (readonly string[])[],
): boolean {
  const isDay = (name: string) => {
    const kind = fields.find((each) => each.name === name)?.kind;
    return kind === "date" || kind === "moment";
  };
  const places = mapping.flatMap(({ field }, place) => (isDay(field) ? [place] : []));
  return rows.some((row) => places.some((place) => /^\s*\d{1,2}\/\d{1,2}\/\d{4}/.test(row[place] ?? "")));
}
