import type { ReactNode } from "react";
import { mayBeBoard } from "./boardColumns";
import { isFilterable, isNumeric } from "./conditions";
import { type Field, type Fields, fieldsOf, wordsOf } from "./fields";
import type { Schema } from "./json";
import type { RecordApi } from "./recordApi";
import { type Conditions, type ListState, type ShownAs, noConditions } from "./listState";
import { createTime } from "./standardFields";
import type { Member } from "./types";
import { words } from "../words/fields";

// What screens know about a kind of record. List, page, form, filters and history are the same for all; differences
// are declared here and in the kind's own description, and nowhere else.

/** A record of any kind, as far as it is known here. */
export interface Rec {
  readonly id: string;
  readonly etag: string;
  readonly [field: string]: unknown;
}

/** The member who looks at a list. */
export type Viewer = Pick<Member, "id" | "role">;

/** A column of a list. */
export interface Column {
  /** A field's name, or a name of its own for a column made of several. */
  id: string;
  title: string;
  /** In pixels: its least width, and its greatest for each share of the room that is left. */
  width: number;
  grow?: number;
  /** The field that its heading sorts by. */
  sort?: string;
  /** Whether it is aligned at the end, as numbers are. */
  align?: "end";
  /** The fields that it needs of each record. */
  fields: readonly string[];
  /** What a cell shows in place of the field's own view. */
  view?: (record: Rec) => ReactNode;
  /** Shown by default. */
  isChosen: boolean;
}

/** A value that many records can be given by one press: "Complete" sets their status. */
export interface Shortcut {
  label: string;
  field: string;
  value: unknown;
}

/** A list with a name, which is open when the address is that of the list. */
export interface NamedList {
  name: string;
  list: ListState;
}

export interface FieldGroup {
  title: string;
  fields: readonly Field[];
}

/**
 * What the API of a kind may lack: parameters of its list, by their names there, and other
 * methods. What is lacking is neither requested nor offered.
 */
export type ApiPart =
  | "fields"
  | "filter"
  | "query"
  | "order_by"
  | "from_end"
  | "aggregate"
  | "batch"
  | "export"
  | "history";

/** A kind of record. */
export interface RecordKind {
  /** Its name in permissions and events: "lead". */
  object: string;
  one: string;
  many: string;
  /** Its path in the API: "/api/v1/leads". */
  api: string;
  lacks: ReadonlySet<ApiPart>;
  /** Fields that a list is asked for by their parts, and these: "recurrence" has "recurrence.rule". */
  parts: Readonly<Record<string, readonly string[]>>;
  /** The field of a list's response with the rows: "leads". */
  rows: string;
  /** The field of a bulk change with the new values: "lead". */
  body: string;
  /** Its address in the app: "/leads". */
  address: string;
  fields: Fields;
  /** Fills in the fields that responses omit when they are empty. */
  decode: (raw: unknown) => Rec;
  title: (record: Rec) => string;
  /** The fields that make up a title. */
  titleFields: readonly string[];
  /** In order of importance: columns that do not fit are left out from the end. */
  columns: readonly Column[];
  /** The facts on its page. */
  groups: readonly FieldGroup[];
  /** The facts at the top of its page. */
  keys: readonly Field[];
  /** Fields of which a new one needs at least one, for each of these sets. */
  needs: readonly (readonly Field[])[];
  /** The fields of the form for a new one. */
  form: readonly (readonly Field[])[];
  /** Fields that can be set for many at once. */
  bulk: readonly Field[];
  /** Values that many records can be given by one press. */
  shortcuts: readonly Shortcut[];
  /** Filters that are offered before any is set. */
  filters: readonly Field[];
  /** The field whose choices are the columns of its board; null for a kind without one. */
  board: Field | null;
  /** Why a record is read-only, even for members who may edit others; "" if it can be changed. */
  locked: (record: Rec) => string;
  /** The field of its owner; "" for kinds without one. */
  owner: string;
  /** The field of its team; "" for kinds without one. */
  team: string;
  /** The field of members who hold it besides its owner; "" for kinds without one. */
  participants: string;
  firstList: (member: Viewer) => ListState;
  /** The field by whose days its calendar shows the records; null for a kind without one. */
  calendar: Field | null;
  /** Lists that every member has by name, besides the first one. */
  views: (member: Viewer) => readonly NamedList[];
  /** The conditions of a list that is turned into a board, a table or a calendar. */
  turned: (state: ListState, as: ShownAs) => Conditions;
  /**
   * Restores a field's previous value, where that takes more than an edit; null where it does not.
   *
   * @param present - the record as it is now
   */
  takeBack: (records: RecordApi, present: Rec, field: string, before: unknown) => Promise<Rec> | null;
  /** By a field's name, the fields that the service changes with it: undo restores them too. */
  movesAlong: Readonly<Record<string, readonly string[]>>;
}

type Name<R> = keyof R & string;

/** A column by its field's name, or with what differs from its field. */
export type SaidColumn<R> = Name<R> | (Partial<Column> & { id: string });

/** What a kind declares. What it leaves out follows from its schema. */
export interface SaidKind<R> {
  object: string;
  one: string;
  many: string;
  schema: Schema<R>;
  decode: (raw: unknown) => R;
  /** Its last step in the API's paths, if it is not the regular plural: "people". */
  path?: string;
  address?: string;
  /** What its API lacks; nothing by default. */
  lacks?: readonly ApiPart[];
  /** Fields with a message that a list is asked for by its parts, and the names of these in it. */
  parts?: Partial<Record<Name<R>, readonly string[]>>;
  /** Fields that always have a value, though a new record may be sent without. */
  filled?: readonly Name<R>[];
  title?: (record: Rec) => string;
  titleFields?: readonly Name<R>[];
  /** Why a record is read-only; "" if it can be changed. By default, every record can. */
  locked?: (record: Rec) => string;
  /** The field of its owner; none by default. */
  owner?: Name<R>;
  /** The field of its team; none by default. */
  team?: Name<R>;
  /** The field of members who hold it besides its owner; none by default. */
  participants?: Name<R>;
  /** Lists of ids that the API's filters can look into. */
  sought?: readonly Name<R>[];
  columns?: readonly SaidColumn<R>[];
  groups?: readonly { title: string; fields: readonly Name<R>[] }[];
  keys?: readonly Name<R>[];
  /** Without which the service refuses it, where that is not one required field. */
  needs?: readonly (readonly Name<R>[])[];
  form?: readonly (readonly Name<R>[])[];
  bulk?: readonly Name<R>[];
  shortcuts?: readonly (Shortcut & { field: Name<R> })[];
  filters?: readonly Name<R>[];
  board?: Name<R>;
  /**
   * Fields whose values come from a list that the tenant defines, where the schema does not say so; `within` is the
   * field that an entry depends on.
   */
  lists?: Partial<Record<Name<R>, { picklist: string; within?: Name<R> }>>;
  takeBack?: RecordKind["takeBack"];
  movesAlong?: Readonly<Record<string, readonly Name<R>[]>>;
  /** The field of its calendar; none by default. */
  calendar?: Name<R>;
  /** Lists that every member has by name: what differs from the first one. */
  views?: (viewer: Viewer) => readonly { name: string; list: Partial<ListState> }[];
  /** The conditions of a list that is turned into a board, a table or a calendar; unchanged by default. */
  turned?: RecordKind["turned"];
  /** The list as it first is, if that is not all of them by title. */
  firstList?: (viewer: Viewer) => Partial<ListState>;
}

/** Makes a kind of record from its declaration and its schema. */
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
  const firstList = (viewer: Viewer): ListState => ({
    query: "",
    conditions: noConditions,
    sort: firstSort(fields, titleFields),
    columns: null,
    as: "table",
    on: "",
    view: "",
    open: "",
    ...said.firstList?.(viewer),
  });
  return {
    object,
    one,
    many,
    api: `/api/v1/${path}`,
    lacks: new Set(said.lacks),
    parts: partsOf(said.parts ?? {}),
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
    participants: said.participants ?? "",
    columns: columns.map((column) => columnOf(fields, titleFields, column)),
    keys,
    groups: said.groups?.map((group) => ({ ...group, fields: named(group.fields) })) ?? [
      { title: words.details, fields: others },
    ],
    needs: [...editable.filter(isNeeded).map((field) => [field]), ...(said.needs?.map(named) ?? [])],
    form: said.form?.map(named) ?? editable.map((field) => [field]),
    bulk: said.bulk === undefined ? chosen : named(said.bulk),
    shortcuts: said.shortcuts ?? [],
    takeBack: said.takeBack ?? (() => null),
    movesAlong: said.movesAlong ?? {},
    turned: said.turned ?? (({ conditions }) => conditions),
    board: said.board === undefined ? null : boardField(object, fields.get(said.board)),
    calendar: said.calendar === undefined ? null : (fields.get(said.calendar) ?? null),
    views: (viewer) =>
      said.views?.(viewer).map(({ name, list }) => ({ name, list: { ...firstList(viewer), ...list } })) ?? [],
    filters: said.filters === undefined ? filtersOf(all) : named(said.filters),
    firstList,
  };
}

/** A kind's last step in the API's paths: for "lead_status", "lead-statuses". Names that people read are elsewhere. */
function pathOf(object: string): string {
  return object.replace(/_/g, "-") + (/(s|x|ch|sh)$/.test(object) ? "es" : "s");
}

function partsOf(said: Readonly<Record<string, readonly string[] | undefined>>): RecordKind["parts"] {
  const paths = Object.entries(said).map(([name, parts = []]) => [name, parts.map((part) => `${name}.${part}`)]);
  return Object.fromEntries(paths) as RecordKind["parts"];
}

/** @throws Error - if its columns would be unknown */
function boardField(object: string, field: Field | undefined): Field {
  if (field !== undefined && mayBeBoard(field)) return field;
  throw new Error(`the board of "${object}" must be by a field with choices or a picklist`);
}

function fieldsSaid<R>({ schema, filled = [], lists = {}, sought = [] }: SaidKind<R>): Fields {
  const fields = new Map(fieldsOf(schema));
  for (const name of sought) {
    const field = fields.get(name);
    if (field !== undefined) fields.set(name, { ...field, isSought: true });
  }
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

/** The title of most kinds: their first text. */
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

/** Filters on fields with few values, which are used first. */
function filtersOf(fields: readonly Field[]): readonly Field[] {
  const few = ["picklist", "reference", "choice", "flag"];
  const found = few.flatMap((kind) => fields.filter((field) => field.kind === kind && field.readOnly !== true));
  return found.slice(0, mostFilters);
}

const mostColumns = 7;

/** The title, then what can be shown in a line: the first few by default. */
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

/** In pixels: widths at which most values of a kind are not cut. */
const widths: Partial<Record<Field["kind"], number>> = {
  email: 190,
  url: 190,
  lines: 220,
  integer: 110,
  decimal: 110,
  duration: 110,
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

/** The fields that every list requests of a kind's records, whichever columns it shows: so all of them agree. */
export function listedFields(kind: RecordKind): readonly string[] {
  const names = new Set(["id", "etag", ...kind.titleFields]);
  for (const column of kind.columns) {
    if (column.isChosen) for (const name of column.fields) names.add(name);
  }
  for (const name of [kind.owner, kind.team, kind.participants]) if (name !== "") names.add(name);
  for (const name of Object.values(kind.movesAlong).flat()) names.add(name);
  return [...names];
}

export function recordAddress(kind: RecordKind, id: string): string {
  return `${kind.address}/${encodeURIComponent(id)}`;
}
