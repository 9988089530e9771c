import type { FieldDescription } from "./json";
import { words } from "../words/fields";
import { capital } from "../words/sentences";

// Everything that screens derive from a field's declaration. Grid cells, facts, forms, filters, mappings and history
// all depend on the kind of a field and never on its name, so a field that a tenant adds is nothing new.

/** How a field is shown, typed and filtered by. */
export type FieldKind =
  | "text"
  | "lines"
  | "email"
  | "phone"
  | "url"
  | "zone"
  | "code"
  | "colour"
  | "integer"
  | "decimal"
  | "duration"
  | "money"
  | "flag"
  | "date"
  | "moment"
  | "choice"
  | "picklist"
  | "reference"
  | "references"
  | "texts"
  | "other";

/** A field of a kind of record. */
export interface Field extends FieldDescription {
  name: string;
  /** Its label on screens. */
  label: string;
  kind: FieldKind;
  /** For a list whose entries depend on the value of another field, as stages do on the pipeline: that field. */
  within?: string;
  /** For a list of ids: whether lists of records can be filtered by what is in it. */
  isSought?: boolean;
}

/** The fields of a kind of record, by name. */
export type Fields = ReadonlyMap<string, Field>;

/** The fields that a schema declares, in its order. */
export function fieldsOf(schema: { readonly [name: string]: FieldDescription }): Fields {
  const fields = new Map<string, Field>();
  for (const [name, about] of Object.entries(schema)) {
    const label = words.labels[name] ?? about.label ?? labelOf(name);
    fields.set(name, { ...about, name, kind: kindOf(about), label });
  }
  return fields;
}

/** A label derived from a field's name: `owner_id` is "Owner", `company_name` is "Company name". */
function labelOf(name: string): string {
  return wordsOf(name.replace(/_ids?$/, ""));
}

const textKinds: Record<NonNullable<FieldDescription["format"]>, FieldKind> = {
  paragraph: "lines",
  verbatim: "lines",
  email: "email",
  phone: "phone",
  url: "url",
  time_zone: "zone",
  condition: "code",
  key: "text",
  colour: "colour",
};

function kindOf(about: FieldDescription): FieldKind {
  if (about.picklist !== undefined) return "picklist";
  if (about.choices !== undefined) return "choice";
  switch (about.type) {
    case "id":
      return about.references === undefined ? "other" : "reference";
    case "ids":
      return "references";
    case "text":
      return about.format === undefined ? "text" : textKinds[about.format];
    case "bool":
      return "flag";
    case "integer":
      return about.unit === "s" ? "duration" : "integer";
    case "decimal":
    case "money":
    case "date":
    case "texts":
      return about.type;
    case "timestamp":
      return "moment";
    default:
      return "other";
  }
}

/** Whether a field has a value; a flag that is not set has none. */
export function isFilled(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== "" && value !== false;
}

/** Whether two values of a field look the same to a reader; a large number is text in the API. */
export function sameValue(a: unknown, b: unknown): boolean {
  return valueText(a) === valueText(b);
}

function valueText(value: unknown): string {
  if (value === undefined || value === null || value === "") return "null";
  return JSON.stringify(typeof value === "number" ? String(value) : value);
}

/** "very_hot" in words: "Very hot". */
export function wordsOf(key: string): string {
  return capital(key.replace(/_/g, " "));
}
