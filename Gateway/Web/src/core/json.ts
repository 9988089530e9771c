// How the generated decoders read proto3 JSON. A value that is missing, null or of another type than the
// proto says is read as the proto's default, so that the rest of the page never has to check whether a field
// exists.

/** An object whose fields may have any type. */
export type Fields = { readonly [name: string]: unknown };

export function object(raw: unknown): Fields {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw) ? (raw as Fields) : {};
}

export function text(raw: unknown): string {
  return typeof raw === "string" ? raw : "";
}

export function number(raw: unknown): number {
  return typeof raw === "number" ? raw : 0;
}

/** A whole number of 64 bits, which is text in JSON. */
export function decimal(raw: unknown): string {
  return typeof raw === "string" && /^-?\d+$/.test(raw) ? raw : "0";
}

export function flag(raw: unknown): boolean {
  return raw === true;
}

/** One of `names`; `otherwise` for a value that this page does not know. */
export function choice<Name extends string>(raw: unknown, names: readonly Name[]): Name | "";
export function choice<Name extends string>(
  raw: unknown,
  names: readonly Name[],
  otherwise: Name,
): Name;
export function choice(raw: unknown, names: readonly string[], otherwise = ""): string {
  return typeof raw === "string" && names.includes(raw) ? raw : otherwise;
}

export function list<T>(raw: unknown, each: (raw: unknown) => T): T[] {
  return Array.isArray(raw) ? raw.map(each) : [];
}

export function optional<T>(raw: unknown, read: (raw: unknown) => T): T | null {
  return raw === undefined || raw === null ? null : read(raw);
}

export type FieldType =
  | "text"
  | "bool"
  | "integer"
  | "decimal"
  | "timestamp"
  | "date"
  | "money"
  | "etag"
  | "id"
  | "ids"
  | "texts"
  | "choice"
  | "message"
  | "messages"
  | "custom";

export type TextFormat =
  | "paragraph"
  | "verbatim"
  | "email"
  | "phone"
  | "url"
  | "time_zone"
  | "condition"
  | "key"
  | "colour";

/** What a field's declaration says about its values. */
export interface FieldDescription {
  /** Its label on screens, if it differs from its name. */
  label?: string;
  type: FieldType;
  required?: boolean;
  /** The server sets it. */
  readOnly?: boolean;
  /** It follows from other fields: neither histories nor a record's page tell it by themselves. */
  implied?: boolean;
  /** It never changes after the record is created. */
  immutable?: boolean;
  sortable?: boolean;
  searchable?: boolean;
  /** In Unicode characters. */
  maxLength?: number;
  /** Of a number, or of the minor units of an amount. */
  minimum?: number;
  maximum?: number;
  /** The unit of a number, written after it: "%". */
  unit?: string;
  /** One line by default. */
  format?: TextFormat;
  choices?: readonly string[];
  /** The tenant's list that its keys come from. */
  picklist?: string;
  /** The object whose ids it holds; "any" for those of all objects. */
  references?: string;
}

/** The fields of a record, in the order of the proto. */
export type Schema<R> = { readonly [name in keyof R]: FieldDescription };
