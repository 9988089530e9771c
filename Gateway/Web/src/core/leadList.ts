import { all, any, isOneOf } from "./cel";
import type { LeadSearch } from "./api";

export const filterNames = ["status", "owner", "band", "source"] as const;
export type FilterName = (typeof filterNames)[number];
export type Filters = Record<FilterName, readonly string[]>;

/** The member who looks, and nobody, as values of the owner filter. */
export const me = "me";
export const nobody = "none";

export const sortable = [
  "create_time",
  "last_activity_time",
  "score",
  "last_name",
  "company_name",
  "status",
  "email",
] as const;
export type SortField = (typeof sortable)[number];

export interface Sort {
  field: SortField;
  falling: boolean;
}

/** All that the lead list's address says. */
export interface LeadListState {
  query: string;
  filters: Filters;
  sort: Sort;
  /** The lead in the panel; "" for none. */
  open: string;
}

export const defaultSort: Sort = { field: "create_time", falling: true };
export const noFilters: Filters = { status: [], owner: [], band: [], source: [] };

/** What a query string says; whatever it does not know is left out. */
export function readLeadList(search: string): LeadListState {
  const parameters = new URLSearchParams(search);
  const filters = { ...noFilters };
  for (const name of filterNames) {
    const values = (parameters.get(name) ?? "").split(",").filter((value) => value !== "");
    filters[name] = [...new Set(values)];
  }
  return {
    query: parameters.get("q") ?? "",
    filters,
    sort: readSort(parameters.get("sort")),
    open: parameters.get("lead") ?? "",
  };
}

/** The address of a lead list: the shortest that says the same. */
export function leadListAddress(state: LeadListState): string {
  const parameters: string[] = [];
  const add = (name: string, value: string) =>
    parameters.push(`${name}=${encodeURIComponent(value).replace(/%20/g, "+").replace(/%2C/g, ",")}`);
  if (state.query !== "") add("q", state.query);
  for (const name of filterNames) {
    if (state.filters[name].length > 0) add(name, state.filters[name].join(","));
  }
  const { field, falling } = state.sort;
  if (field !== defaultSort.field || falling !== defaultSort.falling) {
    add("sort", (falling ? "-" : "") + field);
  }
  if (state.open !== "") add("lead", state.open);
  return parameters.length === 0 ? "/leads" : `/leads?${parameters.join("&")}`;
}

/** What the API is asked for the list of this address. */
export function leadSearch(state: LeadListState, ownId: string): LeadSearch {
  const owners = state.filters.owner.map((value) => (value === me ? ownId : value));
  const members = [...new Set(owners)].filter((value) => value !== nobody);
  return {
    query: state.query.trim(),
    filter: all([
      isOneOf("status", state.filters.status),
      any([owners.includes(nobody) ? "owner_id == null" : "", isOneOf("owner_id", members)]),
      isOneOf("band", state.filters.band),
      isOneOf("source", state.filters.source),
    ]),
    orderBy: state.sort.field + (state.sort.falling ? " desc" : ""),
  };
}

/** The sort after its header is chosen: the other way round, or the way one looks for first. */
export function nextSort(present: Sort, field: SortField): Sort {
  if (present.field === field) return { field, falling: !present.falling };
  return { field, falling: ["score", "create_time", "last_activity_time"].includes(field) };
}

export function hasConditions(state: LeadListState): boolean {
  return state.query.trim() !== "" || filterNames.some((name) => state.filters[name].length > 0);
}

/** A filter as a sentence: "Status is Contacted or New". */
export function filterSentence(subject: string, names: readonly string[]): string {
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} others`] : names;
  const last = shown[shown.length - 1] ?? "";
  const before = shown.slice(0, -1).join(", ");
  return `${subject} is ${before === "" ? last : `${before} or ${last}`}`;
}

function readSort(text: string | null): Sort {
  const falling = text?.startsWith("-") ?? false;
  const name = falling ? text?.slice(1) : text;
  const field = sortable.find((each) => each === name);
  return field === undefined ? defaultSort : { field, falling };
}
