import { type Field, type FieldKind, wordsOf } from "./fields";
import type { ImportService, ImportSettings } from "./fileImports";
import type { RecordKind } from "./recordKind";
import type { ColumnMapping, ImportReading } from "./types";
import { words } from "../words/importMapping";

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
  /** What columns must fill so that a row has one of it, for each of these sets; by default as for a new record. */
  needs?: readonly (readonly string[])[];
  /** Whether the column that identifies a row satisfies these needs. */
  isCalledByItsId?: boolean;
  /** The fields whose lists an import can add to, and the permission that this takes; by default none. */
  adds?: { fields: readonly string[]; needs: string };
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

/** What a column can say besides the value of one field, and of which records: those that have one of the fields. */
const meanings: Readonly<Record<keyof typeof words.meanings, readonly string[]>> = {
  name: ["first_name"],
  middle_name: ["first_name"],
  name_prefix: ["first_name"],
  name_suffix: ["first_name"],
  street_more: ["street_address", "billing_address.street"],
  house_number: ["street_address", "billing_address.street"],
  dial_code: ["phone"],
  currency: ["annual_revenue", "amount"],
  create_time: ["description"],
  first_contact_time: ["description"],
  last_contact_time: ["description"],
  do_not_contact: ["do_not_email", "email_consent"],
  may_contact: ["do_not_email", "email_consent"],
  may_email: ["do_not_email", "email_consent"],
  may_call: ["do_not_call", "phone_consent"],
  may_text: ["do_not_sms", "sms_consent"],
};

/** What a column can fill or say; the meanings that take more than one field come after the fields. */
export interface Target {
  name: string;
  label: string;
  isMeaning: boolean;
}

/** Everything that the columns of a file can mean for a kind. */
export function targetsOf(of: ImportedKind): readonly Target[] {
  const fields = importableFields(of).map(({ name, label }) => ({ name, label, isMeaning: false }));
  const known = new Set(fields.map(({ name }) => name));
  const said = Object.entries(meanings)
    .filter(([name, needed]) => !known.has(name) && needed.some((field) => known.has(field)))
    .map(([name]) => ({ name, label: words.meanings[name as keyof typeof meanings], isMeaning: true }));
  return [...fields, ...said];
}

/** What people call what a column fills; the name itself if nobody has another. */
export function targetLabel(of: ImportedKind, name: string): string {
  return targetsOf(of).find((each) => each.name === name)?.label ?? wordsOf(name);
}

/** What the columns lack for rows to become records of a kind, in sentences. */
export function mappingGaps(
  of: ImportedKind,
  { fields, external_id_column }: { fields: readonly string[]; external_id_column: string },
): string[] {
  if (of.isCalledByItsId === true && external_id_column !== "") return [];
  const filled = new Set(fields);
  const targets = targetsOf(of);
  const labels = (names: readonly string[]) =>
    names.flatMap((name) => targets.find((each) => each.name === name)?.label ?? []);
  return neededTargets(of)
    .map((names) => names.filter((name) => targets.some((each) => each.name === name)))
    .filter((names) => names.length > 0 && !names.some((name) => filled.has(name)))
    .map((names) => words.unfilled(labels(names)));
}

function neededTargets({ kind, needs }: ImportedKind): readonly (readonly string[])[] {
  return needs ?? kind.needs.map((fields) => fields.map(({ name }) => name));
}

/** The fields that several columns fill; in each row the first with a value counts. */
export function sharedFields(all: readonly Field[], fields: readonly string[]): readonly Field[] {
  return all.filter(({ name }) => fields.filter((each) => each === name).length > 1);
}

/**
 * The columns of an import as they are sent: by place, as several may have one heading. If no column identifies a row,
 * those that fill nothing are not named: the service would recognise one of them.
 */
export function sentColumns(
  columns: ImportReading["columns"],
  { fields, external_id_column }: { fields: readonly string[]; external_id_column: string },
): ColumnMapping[] {
  const all = columns.map(({ column, index }, place) => ({
    column,
    field: fields[place] ?? "",
    place: index + 1,
  }));
  return external_id_column === "" ? all.filter(({ field }) => field !== "") : all;
}

/** A change of settings that has the headings read anew, as those of another system. */
export function fromSystem(text: string): Partial<ImportSettings> {
  return { source_system: systemKey(text), mapping: [], external_id_column: "", values: [] };
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
