import type { ReactNode } from "react";
import { mayBeBoard } from "./boardColumns";
import { isFilterable, isNumeric } from "./conditions";
import { type Field, type Fields, fieldsOf, wordsOf } from "./fields";
import type { Schema } from "./json";
import type { RecordApi } from "./recordApi";
import { type Conditions, type ListState, noConditions } from "./listState";
import { createTime } from "./standardFields";
import type { Member } from "./types";
import { words } from "../words/fields";

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

/**
 * What the API of a kind may be without: parameters of its list, by their names there, and what else is
 * called. What is lacking is neither asked for nor offered.
 */
export type ApiPart =
  | "fields"
  | "filter"
  | "query"
  | "order_by"
  | "from_end"
  | "batch"
  | "export"
  | "history";

/** A kind of record. */
export interface RecordKind {
  /** As permissions and events name it: "lead". */
  object: string;
  one: string;
  many: string;
  /** Where the API has them: "/api/v1/leads". */
  api: string;
  lacks: ReadonlySet<ApiPart>;
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
  /** Fields of which a new one needs at least one, for each of these sets. */
  needs: readonly (readonly Field[])[];
  /** What the form for a new one asks. */
  form: readonly (readonly Field[])[];
  /** Fields that many can be given at once. */
  bulk: readonly Field[];
  /** Filters that are offered before any is set. */
  filters: readonly Field[];
  /** The field whose choices are the columns of its board; null for a kind without one. */
  board: Field | null;
  /** Why a record can only be read, whoever may edit others; "" while it can be changed. */
  locked: (record: Rec) => string;
  /** The field of who holds it; "" for what nobody does. */
  owner: string;
  /** The field of the team that holds it beside them; "" for what no team does. */
  team: string;
  firstList: (member: Viewer) => ListState;
  /** The conditions of a list once it is turned into a board, or into a table. */
  turned: (state: ListState, isBoard: boolean) => Conditions;
  /**
   * Gives a field back the value that it had, where that takes more than an edit; null where it does not.
   *
   * @param present - the record as it is now
   */
  takeBack: (records: RecordApi, present: Rec, field: string, before: unknown) => Promise<Rec> | null;
  /** By a field's name, the fields that the service changes with it: undo brings them back too. */
  movesAlong: Readonly<Record<string, readonly string[]>>;
}

type Name<R> = keyof R & string;

/** A column by its field's name, or with what is other than its field says. */
export type SaidColumn<R> = Name<R> | (Partial<Column> & { id: string });

/** What a kind says of itself. What it leaves out follows from its schema. */
export interface SaidKind<R> {
  object: string;
  one: string;
  many: string;
  schema: Schema<R>;
  decode: (raw: unknown) => R;
  /** Its last step in the API's paths, where that is not the usual plural: "people". */
  path?: string;
  address?: string;
  /** What its API is without; nothing where this is left out. */
  lacks?: readonly ApiPart[];
  /** Fields that always have a value, though a new record may come without. */
  filled?: readonly Name<R>[];
  title?: (record: Rec) => string;
  titleFields?: readonly Name<R>[];
  /** Why a record can only be read; "" while it can be changed. Every record can where this is left out. */
  locked?: (record: Rec) => string;
  /** The field of who holds it; nobody does where this is left out. */
  owner?: Name<R>;
  /** The field of the team that holds it beside them; none does where this is left out. */
  team?: Name<R>;
  columns?: readonly SaidColumn<R>[];
  groups?: readonly { title: string; fields: readonly Name<R>[] }[];
  keys?: readonly Name<R>[];
  /** What the service refuses it without, where that is not a required field by itself. */
  needs?: readonly (readonly Name<R>[])[];
  form?: readonly (readonly Name<R>[])[];
  bulk?: readonly Name<R>[];
  filters?: readonly Name<R>[];
  board?: Name<R>;
  /**
   * Fields that are chosen from a list that the tenant defines, where the schema does not say so; `within` is the
   * field whose value an entry belongs to.
   */
  lists?: Partial<Record<Name<R>, { picklist: string; within?: Name<R> }>>;
  takeBack?: RecordKind["takeBack"];
  movesAlong?: Readonly<Record<string, readonly Name<R>[]>>;
  /** The conditions of a list once it is turned into a board or a table; as they were where this is left out. */
  turned?: RecordKind["turned"];
  /** The list as it first is, as far as that is not all of them by title. */
  firstList?: (viewer: Viewer) => Partial<ListState>;
}

/** A kind of record, from what it says and what its schema declares. */
export function recordKind<R>(said: SaidKind<R>): RecordKind {
  const { object, one, many } = said;
  const path = said.path ?? pathOf(object);
  const fields = fieldsSaid(said);
  const named = (names: readonly string[]) => names.flatMap((name) => fields.get(name) ?? []);
  const titleFields = said.titleFields ?? titleFieldsOf(fields);
  const owner = said.owner ?? "";
  const all = [...fields.values()];
  const editable = all.filter((field) => field.readOnly !== true && field.kind !== "other");
  const chosen = editable.filter((field) => field.kind === "picklist" || field.name === owner);
  const keys = said.keys === undefined ? chosen : named(said.keys);
  const others = editable.filter((field) => !keys.includes(field));
  const isNeeded = ({ name, required }: Field) =>
    required === true && !(said.filled as readonly string[] | undefined)?.includes(name);
  const columns = said.columns ?? columnsOf(all, titleFields);
  return {
    object,
    one,
    many,
    api: `/api/v1/${path}`,
    lacks: new Set(said.lacks),
    rows: path.replace(/-/g, "_"),
    body: object,
    address: said.address ?? `/${path}`,
    fields,
    decode: (raw) => said.decode(raw) as unknown as Rec,
    title: said.title ?? ((record) => titleOf(record, titleFields) || words.withoutName(wordsOf(one))),
    titleFields,
    locked: said.locked ?? (() => ""),
    owner,
    team: said.team ?? "",
    columns: columns.map((column) => columnOf(fields, titleFields, column)),
    keys,
    groups: said.groups?.map((group) => ({ ...group, fields: named(group.fields) })) ?? [
      { title: words.details, fields: others },
    ],
    needs: [...editable.filter(isNeeded).map((field) => [field]), ...(said.needs?.map(named) ?? [])],
    form: said.form?.map(named) ?? editable.map((field) => [field]),
    bulk: said.bulk === undefined ? chosen : named(said.bulk),
    takeBack: said.takeBack ?? (() => null),
    movesAlong: said.movesAlong ?? {},
    turned: said.turned ?? (({ conditions }) => conditions),
    board: said.board === undefined ? null : boardField(object, fields.get(said.board)),
    filters: said.filters === undefined ? filtersOf(all) : named(said.filters),
    firstList: (viewer) => ({
      query: "",
      conditions: noConditions,
      sort: firstSort(fields, titleFields),
      columns: null,
      isBoard: false,
      view: "",
      open: "",
      ...said.firstList?.(viewer),
    }),
  };
}

/** A kind's last step in the API's paths: of "lead_status", "lead-statuses". No words, which people choose. */
function pathOf(object: string): string {
  return object.replace(/_/g, "-") + (/(s|x|ch|sh)$/.test(object) ? "es" : "s");
}

/** @throws Error - where its columns would be unknown */
function boardField(object: string, field: Field | undefined): Field {
  if (field !== undefined && mayBeBoard(field)) return field;
  throw new Error(`the board of "${object}" must be by a field with choices or a picklist`);
}

function fieldsSaid<R>({ schema, filled = [], lists = {} }: SaidKind<R>): Fields {
  const fields = new Map(fieldsOf(schema));
  for (const [name, list] of Object.entries<{ picklist: string; within?: string } | undefined>(lists)) {
    const field = fields.get(name);
    if (field !== undefined && list !== undefined) fields.set(name, { ...field, ...list, kind: "picklist" });
  }
  for (const name of filled) {
    const field = fields.get(name);
    if (field !== undefined) fields.set(name, { ...field, required: true });
  }
  return fields;
}

/** What most kinds are called by: the first text they have. */
function titleFieldsOf(fields: Fields): readonly string[] {
  const first = [...fields.values()].find((field) => field.kind === "text" && field.readOnly !== true);
  return [first?.name ?? "id"];
}

function titleOf(record: Rec, names: readonly string[]): string {
  return names
    .map((name) => String(record[name] ?? ""))
    .filter((text) => text !== "")
    .join(" ");
}

function firstSort(fields: Fields, titleFields: readonly string[]): ListState["sort"] {
  const field = titleFields.find((name) => fields.get(name)?.sortable === true);
  if (field !== undefined) return { field, falling: false };
  return fields.has(createTime) ? { field: createTime, falling: true } : { field: "id", falling: false };
}

const mostFilters = 4;

/** Filters by what has few values: what one looks for first. */
function filtersOf(fields: readonly Field[]): readonly Field[] {
  const few = ["picklist", "reference", "choice", "flag"];
  const found = few.flatMap((kind) => fields.filter((field) => field.kind === kind && field.readOnly !== true));
  return found.slice(0, mostFilters);
}

const mostColumns = 7;

/** The title, then what can be shown in a line: the first few until somebody chooses. */
function columnsOf<R>(fields: readonly Field[], titleFields: readonly string[]): readonly SaidColumn<R>[] {
  const isShown = (field: Field) =>
    (isFilterable(field) || field.kind === "texts" || field.kind === "references") &&
    field.name !== "id" &&
    !titleFields.includes(field.name);
  const others = fields.filter(isShown);
  return [
    { id: titleFields[0] ?? "id" },
    ...others.map((field, place) => ({
      id: field.name,
      isChosen: place < mostColumns - 1 && field.readOnly !== true,
    })),
  ];
}

/** In pixels, where most values of a kind are whole. */
const widths: Partial<Record<Field["kind"], number>> = {
  email: 190,
  url: 190,
  lines: 220,
  integer: 110,
  decimal: 110,
  flag: 96,
  colour: 96,
  date: 122,
  moment: 122,
  picklist: 136,
  choice: 136,
};
const usualWidth = 150;
const growing = ["text", "lines", "email", "url", "reference", "references", "texts"];

function columnOf<R>(fields: Fields, titleFields: readonly string[], said: SaidColumn<R>): Column {
  const given = typeof said === "string" ? { id: said } : said;
  const field = fields.get(given.id);
  const isTitle = given.id === titleFields[0];
  return {
    title: field?.label ?? given.id,
    width: (field && widths[field.kind]) ?? usualWidth,
    grow: isTitle ? 2 : field !== undefined && growing.includes(field.kind) ? 1 : 0,
    ...(field?.sortable === true ? { sort: field.name } : {}),
    ...(field !== undefined && isNumeric(field) ? { align: "end" as const } : {}),
    fields: isTitle ? titleFields : field === undefined ? [] : [field.name],
    isChosen: true,
    ...given,
  };
}

/** What lists ask of each record of a kind, whichever columns are shown: a record is the same in all of them. */
export function listedFields(kind: RecordKind): readonly string[] {
  const names = new Set(["id", "etag", ...kind.titleFields]);
  for (const column of kind.columns) {
    if (column.isChosen) for (const name of column.fields) names.add(name);
  }
  for (const name of [kind.owner, kind.team]) if (name !== "") names.add(name);
  for (const name of Object.values(kind.movesAlong).flat()) names.add(name);
  return [...names];
}

export function recordAddress(kind: RecordKind, id: string): string {
  return `${kind.address}/${encodeURIComponent(id)}`;
}
