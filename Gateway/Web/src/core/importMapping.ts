import type { Field, FieldKind } from "./fields";
import type { ImportService } from "./fileImports";
import type { RecordKind } from "./recordKind";
import type { ColumnMapping } from "./types";
import { words } from "../words/imports";

/** A kind of record that can be imported. */
export interface ImportedKind {
  kind: RecordKind;
  service: ImportService;
  /** The fields whose columns refer to other records. */
  names: readonly string[];
  /** Fields of which a column fills one part: for an address, the city. */
  parts?: readonly Field[];
  /** The field that takes several columns, each as a line; others take the first one with a value. */
  joined?: string;
  /** Fields of which a row needs one, for each of these sets; by default those of a new record. */
  needs?: readonly (readonly string[])[];
  /** Whether the column that identifies a row satisfies these needs. */
  isCalledByItsId?: boolean;
}

/** Kinds of values that a cell's text can be read as. */
const readable: ReadonlySet<FieldKind> = new Set([
  "text",
  "lines",
  "email",
  "phone",
  "url",
  "zone",
  "code",
  "colour",
  "integer",
  "decimal",
  "money",
  "flag",
  "date",
  "moment",
  "choice",
  "picklist",
]);

/** The fields of a kind that a file can fill, in the order of its page. */
export function importableFields({ kind, names, parts = [] }: ImportedKind): readonly Field[] {
  const shown = [...kind.keys, ...kind.groups.flatMap((group) => group.fields)];
  const all = new Set([...shown, ...kind.fields.values()]);
  const filled = [...all].filter((field) => {
    if (field.readOnly === true) return false;
    return field.type === "id" ? names.includes(field.name) : readable.has(field.kind);
  });
  return [...filled, ...parts];
}

/** What a mapping lacks for its rows to become records of a kind, in sentences. */
export function mappingGaps(
  of: ImportedKind,
  { mapping, external_id_column }: { mapping: readonly ColumnMapping[]; external_id_column: string },
): string[] {
  if (of.isCalledByItsId === true && external_id_column !== "") return [];
  const filled = new Set(mapping.map((each) => each.field));
  const offered = importableFields(of);
  return neededFields(of)
    .filter((fields) => fields.some((field) => offered.includes(field)))
    .filter((fields) => !fields.some(({ name }) => filled.has(name)))
    .map((fields) => words.columns.unfilled(fields.map(({ label }) => label)));
}

function neededFields({ kind, needs }: ImportedKind): readonly (readonly Field[])[] {
  return needs?.map((names) => names.flatMap((name) => kind.fields.get(name) ?? [])) ?? kind.needs;
}

/** The fields that several columns fill; in each row the first with a value counts. */
export function sharedFields(
  fields: readonly Field[],
  mapping: readonly ColumnMapping[],
): readonly Field[] {
  return fields.filter(
    (field) => mapping.filter((each) => each.field === field.name).length > 1,
  );
}

/** The mapping with one column's field changed; columns are identified by their place. */
export function remapped(
  mapping: readonly ColumnMapping[],
  place: number,
  field: string,
): ColumnMapping[] {
  return mapping.map((each, at) => (at === place ? { ...each, field } : each));
}

/** One mapping per column of the file, whatever the suggestion left out. */
export function fullMapping(
  columns: readonly string[],
  suggested: readonly ColumnMapping[],
): ColumnMapping[] {
  return columns.map((column, place) => {
    const same = suggested[place]?.column === column ? suggested[place] : undefined;
    const named = same ?? suggested.find((each) => each.column === column);
    return { column, field: named?.field ?? "" };
  });
}

/** The columns that can be named to the service: by their headings. */
export function namedColumns(mapping: readonly ColumnMapping[]): ColumnMapping[] {
  return mapping.filter(({ column }) => column !== "");
}

/**
 * The columns of an import as they are sent. If no column identifies a row, those that fill nothing are not
 * named: the service would recognise one of them.
 */
export function sentColumns({
  mapping,
  external_id_column,
}: {
  mapping: readonly ColumnMapping[];
  external_id_column: string;
}): ColumnMapping[] {
  const named = namedColumns(mapping);
  return external_id_column === "" ? named.filter(({ field }) => field !== "") : named;
}

/** A name for a source system that the API takes: lower-case letters, digits and underscores. */
export function systemKey(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 60);
}
