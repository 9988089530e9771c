import { all } from "./cel";
import {
  type Asking,
  type Condition,
  conditionCEL,
  conditionText,
  isFilterable,
  readCondition,
  spanCEL,
} from "./conditions";
import type { Field, Fields } from "./fields";
import { calendarSpan, startOfDay } from "./periods";

export interface Sort {
  field: string;
  falling: boolean;
}

/** How the records of a list are shown; the last three are a calendar, of a month, a week or a day. */
export type ShownAs = "table" | "board" | "month" | "week" | "day";

/** What a calendar shows at once; null for what is no calendar. */
export function calendarPart(as: ShownAs): "month" | "week" | "day" | null {
  return as === "table" || as === "board" ? null : as;
}

const waysToShow: readonly ShownAs[] = ["board", "month", "week", "day"];

/** Conditions by the name of their field, in the order in which they were set. */
export type Conditions = ReadonlyMap<string, Condition>;

/** Everything that the address of a list says. */
export interface ListState {
  query: string;
  conditions: Conditions;
  sort: Sort;
  /** The columns that are shown, in order; null for the default ones. */
  columns: readonly string[] | null;
  as: ShownAs;
  /** A day that the calendar shows, `YYYY-MM-DD`; "" for the present one. */
  on: string;
  /** The saved view that it started from; "" for none. */
  view: string;
  /** The record in the panel; "" for none. */
  open: string;
}

export const noConditions: Conditions = new Map();

/** Parameters that are not conditions of fields: a field with one of these names has a dot before it. */
const reserved = ["q", "sort", "columns", "as", "on", "view", "open"];

/** What a list of some kind can be asked. */
export interface ListShape {
  address: string;
  fields: Fields;
  /** The field that places the records in a calendar. */
  calendar?: Field | null;
}

/**
 * Parses a query string; unknown parts are ignored. One that does not say which records to list
 * means the list as it first is.
 */
export function readList(shape: ListShape, search: string, first: ListState): ListState {
  const parameters = new URLSearchParams(search);
  const open = parameters.get("open") ?? "";
  const view = parameters.get("view") ?? "";
  const day = parameters.get("on") ?? "";
  const on = startOfDay(day) === null ? "" : day;
  const conditions = new Map<string, Condition>();
  let isEmpty = true;
  for (const [name, text] of parameters) {
    if (["q", "sort", "columns", "as"].includes(name)) isEmpty = false;
    const field = reserved.includes(name) ? undefined : shape.fields.get(name.replace(/^\./, ""));
    if (field === undefined || !isFilterable(field)) continue;
    isEmpty = false;
    const condition = readCondition(field, text);
    if (condition !== null) conditions.set(field.name, condition);
  }
  if (isEmpty) return { ...first, on, open, view };
  const columns = parameters.get("columns");
  return {
    query: parameters.get("q") ?? "",
    conditions,
    sort: readSort(shape.fields, parameters.get("sort"), first.sort),
    columns: columns === null ? null : columns.split(",").filter((each) => each !== ""),
    as: waysToShow.find((way) => way === parameters.get("as")) ?? "table",
    on,
    view,
    open,
  };
}

/** The shortest address of a list. */
export function listAddress(shape: ListShape, state: ListState, first: ListState): string {
  const parameters: string[] = [];
  const add = (name: string, value: string) => parameters.push(`${name}=${encoded(value)}`);
  if (!sameList(state, first)) {
    for (const part of listParameters(state)) parameters.push(part);
  }
  if (state.on !== "" && calendarPart(state.as) !== null) add("on", state.on);
  if (state.view !== "") add("view", state.view);
  if (state.open !== "") add("open", state.open);
  return parameters.length === 0 ? shape.address : `${shape.address}?${parameters.join("&")}`;
}

/** The part of an address that says which records are listed and how, without the place in them and what is open. */
export function listParameters(state: ListState): string[] {
  const parameters: string[] = [];
  const add = (name: string, value: string) => parameters.push(`${name}=${encoded(value)}`);
  if (state.query !== "") add("q", state.query);
  for (const [name, condition] of state.conditions) {
    add(reserved.includes(name) ? `.${name}` : name, conditionText(condition));
  }
  add("sort", (state.sort.falling ? "-" : "") + state.sort.field);
  if (state.columns !== null) add("columns", state.columns.join(","));
  if (state.as !== "table") add("as", state.as);
  return parameters;
}

function encoded(value: string): string {
  // Half a surrogate pair is not a character, and an address cannot have it.
  return encodeURIComponent(value.replace(/\p{Surrogate}/gu, "\ufffd")).replace(/%20/g, "+").replace(/%2C/g, ",");
}

/** Whether two states list the same in the same way, in whichever order conditions were set. */
export function sameList(a: ListState, b: ListState): boolean {
  const text = (state: ListState) => listParameters(state).sort().join("&");
  return text(a) === text(b);
}

/** Whether a list shows only some records. */
export function isNarrowed(state: ListState): boolean {
  return state.query.trim() !== "" || state.conditions.size > 0;
}

/** The parameters that a list sends to the API. */
export interface ListSearch {
  /** In CEL; "" for all. */
  filter: string;
  query: string;
  orderBy: string;
}

/** A calendar asks for the days that it shows, in order. */
export function listSearch(shape: ListShape, state: ListState, asking: Asking): ListSearch {
  const conditions = [...state.conditions].map(([name, condition]) => {
    const field = shape.fields.get(name);
    return field === undefined ? "" : conditionCEL(field, condition, asking);
  });
  const part = calendarPart(state.as);
  const placing = part === null ? null : shape.calendar;
  if (part !== null && placing) {
    const at = startOfDay(state.on) ?? asking.now;
    conditions.push(spanCEL(placing, calendarSpan(part, at, asking.firstDay)));
  }
  return {
    query: state.query.trim(),
    filter: all(conditions),
    orderBy: placing?.name ?? orderText(state.sort),
  };
}

/** An order as the API has it. */
export function orderText({ field, falling }: Sort): string {
  return field + (falling ? " desc" : "");
}

/** The sort after its heading is pressed: reversed, or the usual direction of the field. */
export function nextSort(present: Sort, field: string, fields: Fields): Sort {
  if (present.field === field) return { field, falling: !present.falling };
  const kind = fields.get(field)?.kind;
  return { field, falling: ["integer", "decimal", "duration", "money", "moment"].includes(kind ?? "") };
}

/** The conditions with one set, or removed by null. */
export function withCondition(
  conditions: Conditions,
  name: string,
  condition: Condition | null,
): Conditions {
  const after = new Map(conditions);
  if (condition === null) after.delete(name);
  else after.set(name, condition);
  return after;
}

function readSort(fields: Fields, text: string | null, otherwise: Sort): Sort {
  const falling = text?.startsWith("-") ?? false;
  const name = falling ? text?.slice(1) : text;
  const field = name === null || name === undefined ? undefined : fields.get(name);
  return field?.sortable === true ? { field: field.name, falling } : otherwise;
}
