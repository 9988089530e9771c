import type { ReactNode } from "react";
import type { Field, Fields } from "./fields";
import type { ListState } from "./listState";
import type { Member } from "./types";

// What screens know of a kind of record. List, page, form, filters and history are the same for all; what
// differs is said here and in the kind's own description, and nowhere else.

/** A record of any kind, as far as it is known here. */
export interface Rec {
  readonly id: string;
  readonly etag: string;
  readonly [field: string]: unknown;
}

/** Who looks at a list. */
export type Viewer = Pick<Member, "id" | "role">;

/** A column of a list. */
export interface Column {
  /** A field's name, or a name of its own for what is made of several. */
  id: string;
  title: string;
  /** In pixels: what it needs at least, and what it may grow to for each share of what is left. */
  width: number;
  grow?: number;
  /** The field that its heading sorts by. */
  sort?: string;
  /** Whether numbers are read from their end. */
  align?: "end";
  /** What it needs of each record. */
  fields: readonly string[];
  /** What a cell shows where that is not the field's own view. */
  view?: (record: Rec) => ReactNode;
  /** Shown until somebody chooses otherwise. */
  isChosen: boolean;
}

export interface FieldGroup {
  title: string;
  fields: readonly Field[];
}

/** A kind of record. */
export interface RecordKind {
  /** As permissions and events name it: "lead". */
  object: string;
  /** What ids begin with. */
  prefix: string;
  one: string;
  many: string;
  /** Where the API has them: "/api/v1/leads". */
  api: string;
  /** What a page of the list calls its rows: "leads". */
  rows: string;
  /** What a change of many calls their new values: "lead". */
  body: string;
  /** Where screens have them: "/leads". */
  address: string;
  fields: Fields;
  /** What answers hold of fields that are left out when they are empty. */
  decode: (raw: unknown) => Rec;
  title: (record: Rec) => string;
  /** The fields of which a title is made. */
  titleFields: readonly string[];
  /** In order of what counts: what does not fit is left out from the end. */
  columns: readonly Column[];
  /** The facts of the page. */
  groups: readonly FieldGroup[];
  /** Facts that stand at its top. */
  keys: readonly Field[];
  /** What the form for a new one asks. */
  form: readonly (readonly Field[])[];
  /** Fields that many can be given at once. */
  bulk: readonly Field[];
  /** Filters that are offered before any is set. */
  filters: readonly Field[];
  /** The field with a list whose entries are the columns of its board; null for a kind without one. */
  board: Field | null;
  /** The field of who holds it. */
  owner: string;
  firstList: (member: Viewer) => ListState;
}

/** What lists ask of each record of a kind, whichever columns are shown: a record is the same in all of them. */
export function listedFields(kind: RecordKind): readonly string[] {
  const names = new Set(["id", "etag", ...kind.titleFields]);
  for (const column of kind.columns) {
    if (column.isChosen) for (const name of column.fields) names.add(name);
  }
  if (kind.owner !== "") names.add(kind.owner);
  return [...names];
}

export function recordAddress(kind: RecordKind, id: string): string {
  return `${kind.address}/${encodeURIComponent(id)}`;
}
