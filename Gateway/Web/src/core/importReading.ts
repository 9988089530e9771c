import type { Field } from "./fields";
import type { FileImport, ImportSettings } from "./fileImports";
import { importableFields, type ImportedKind } from "./importMapping";
import { plain, type UnreadValue } from "./importValues";
import type { ImportDecision, ImportedValue, ImportQuestion, ImportReadColumn, ImportReading } from "./types";

// How a file is understood, with what a person changed of that since.

/** A file's reading together with the present settings. */
export interface ReadSettings extends Omit<ImportSettings, "mapping"> {
  /** What each column fills, in the order of the file; "" for nothing. */
  fields: readonly string[];
}

/** The settings of an import that has been read. */
export function settingsOf(value: FileImport): ReadSettings {
  const { source_system, external_id_column, values, date_order, choices, reading } = value;
  const fields = (reading?.columns ?? []).map(({ field }) => field);
  return { source_system, external_id_column, values, date_order, choices, fields };
}

export type ColumnGroup = "imported" | "left_out" | "empty";

/** A column with its place in the file, from 0. */
export interface PlacedColumn extends ImportReadColumn {
  place: number;
}

/** The columns by what becomes of them, each group in the order of the file. */
export function columnGroups(
  reading: ImportReading,
  { fields, external_id_column }: Pick<ReadSettings, "fields" | "external_id_column">,
): Readonly<Record<ColumnGroup, readonly PlacedColumn[]>> {
  const groups: Record<ColumnGroup, PlacedColumn[]> = { imported: [], left_out: [], empty: [] };
  const identity = identityPlace(reading, external_id_column);
  reading.columns.forEach((column, place) => {
    const isUsed = fields[place] !== "" || place === identity;
    groups[column.group === "IMPORT_COLUMN_GROUP_EMPTY" ? "empty" : isUsed ? "imported" : "left_out"].push({ ...column, place });
  });
  return groups;
}

/** The place of the column that identifies rows: the first with its heading; -1 for none. */
export function identityPlace({ columns }: ImportReading, heading: string): number {
  return heading === "" ? -1 : columns.findIndex(({ column }) => column === heading);
}

/** Why the ids of a file are not trusted; "" if they are, or if it has none. */
export function distrust({ columns }: ImportReading): string {
  return columns.find(({ distrusted }) => distrusted !== "")?.distrusted ?? "";
}

/** Where something is decided before an import can start. */
export type DecidedAt = "columns" | "numbers" | "dates" | "values";

const places: Readonly<Record<ImportDecision, DecidedAt>> = {
  IMPORT_DECISION_UNSPECIFIED: "columns",
  IMPORT_DECISION_MAPPING: "columns",
  IMPORT_DECISION_DECIMAL: "numbers",
  IMPORT_DECISION_DATE_ORDER: "dates",
  IMPORT_DECISION_NEW_VALUES: "values",
};

/** The open questions by where they are decided. */
export function questionsAt(questions: readonly ImportQuestion[], place: DecidedAt): readonly ImportQuestion[] {
  return questions.filter(({ decision }) => places[decision] === place);
}

/** The open questions after a change that may have answered some of them, until the service says which are left. */
export function stillOpen(questions: readonly ImportQuestion[], settings: ReadSettings): readonly ImportQuestion[] {
  const { choices, date_order, fields } = settings;
  return questions.filter(({ decision }) => {
    switch (decision) {
      case "IMPORT_DECISION_DECIMAL":
        return choices.decimal === "";
      case "IMPORT_DECISION_DATE_ORDER":
        return date_order === "";
      case "IMPORT_DECISION_NEW_VALUES":
        return choices.new_values === "";
      default:
        return fields.every((field) => field === "");
    }
  });
}

/** Columns whose numbers or dates are read in a way that a person may want to see. */
export function readColumns(reading: ImportReading, what: "numbers" | "dates" | "flags"): readonly ImportReadColumn[] {
  return reading.columns.filter((column) => {
    const { decimal, date_order, date_serial, asks, has_flags } = column;
    const hasNumbers = decimal !== "" || asks === "IMPORT_DECISION_DECIMAL";
    const hasDates = date_order !== "" || date_serial !== "" || asks === "IMPORT_DECISION_DATE_ORDER";
    if (what === "numbers") return hasNumbers;
    if (what === "dates") return hasDates;
    return has_flags;
  });
}

/** A value of a column that has to match something, and its replacement. */
export interface ReadValue {
  from: string;
  /** An option's value; "" for no value, null if nothing was chosen. */
  to: string | null;
  /** In how many rows; null if nobody counted. */
  rows: string | null;
}

/** The values of a field's columns that need a decision, or have had one. */
export interface ValueList {
  field: Field;
  /** The places of the columns that fill it. */
  places: readonly number[];
  headings: readonly string[];
  values: readonly ReadValue[];
}

const listed: readonly Field["kind"][] = ["choice", "picklist", "reference"];

/**
 * The values that a file has and the tenant does not, by field in the order of the file.
 *
 * @param unread - values that an earlier attempt could not match
 */
export function valueLists(
  of: ImportedKind,
  reading: ImportReading,
  settings: Pick<ReadSettings, "fields" | "values">,
  unread: readonly UnreadValue[],
): readonly ValueList[] {
  const fields = importableFields(of).filter(({ kind }) => listed.includes(kind));
  const filled = [...new Set(settings.fields)].flatMap((name) => fields.find((field) => field.name === name) ?? []);
  return filled
    .map((field) => {
      const filling = settings.fields.flatMap((name, place) => (name === field.name ? [place] : []));
      const headings = filling.map((place) => reading.columns[place]?.column ?? "");
      return { field, places: filling, headings, values: valuesOf(of, field, filling, reading, settings.values, unread) };
    })
    .filter(({ values }) => values.length > 0);
}

function valuesOf(
  of: ImportedKind,
  field: Field,
  filling: readonly number[],
  reading: ImportReading,
  decided: readonly ImportedValue[],
  unread: readonly UnreadValue[],
): ReadValue[] {
  const isHere = ({ place, column }: ImportedValue) =>
    filling.some((each) => (place === 0 ? reading.columns[each]?.column === column : place === each + 1));
  const found = new Map<string, ReadValue>();
  const add = (from: string, rows: string | null, to: string | null) => {
    const before = found.get(plain(from));
    found.set(plain(from), { from: before?.from ?? from, rows: before?.rows ?? rows, to: to ?? before?.to ?? null });
  };
  for (const each of reading.new_values) if (each.field === field.name) add(each.value, each.rows, null);
  if (field.name === of.kind.owner) for (const each of reading.unknown_owners) add(each.value, each.rows, null);
  for (const each of unread) if (each.field === field.name) add(each.value, null, null);
  for (const each of decided) if (isHere(each)) add(each.from, null, each.to);
  return [...found.values()];
}

/** The values with one of a field's columns decided, or with nothing decided about it if `to` is null. */
export function withDecision(
  values: readonly ImportedValue[],
  { places: filling, headings }: Pick<ValueList, "places" | "headings">,
  from: string,
  to: string | null,
): ImportedValue[] {
  const isSame = (value: ImportedValue) =>
    plain(value.from) === plain(from) &&
    filling.some((place, at) => (value.place === 0 ? headings[at] === value.column : value.place === place + 1));
  const others = values.filter((value) => !isSame(value));
  if (to === null) return others;
  return [...others, ...filling.map((place, at) => ({ column: headings[at] ?? "", place: place + 1, from, to }))];
}

/** The settings with another field for one column; what was decided about its values goes with the field. */
export function withField(reading: ImportReading, settings: ReadSettings, place: number, field: string): ReadSettings {
  const heading = reading.columns[place]?.column;
  const isOthers = (value: ImportedValue) =>
    value.place === 0 ? value.column !== heading : value.place !== place + 1;
  return {
    ...settings,
    fields: settings.fields.map((each, at) => (at === place ? field : each)),
    values: settings.fields[place] === field ? settings.values : settings.values.filter(isOthers),
  };
}
