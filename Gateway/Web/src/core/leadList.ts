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

/** The list as it first is: a rep's own leads, the most promising first; for others the newest. */
export function firstLeadList(role: string): LeadListState {
  if (role !== "rep") return { query: "", filters: noFilters, sort: defaultSort, open: "" };
  const filters = { ...noFilters, owner: [me] };
  return { query: "", filters, sort: { field: "score", falling: true }, open: "" };
}

/**
 * What a query string says; whatever it does not know is left out. One that says nothing about which
 * leads to list means the list as it first is.
 */
export function readLeadList(search: string, first: LeadListState): LeadListState {
  const parameters = new URLSearchParams(search);
  const open = parameters.get("lead") ?? "";
  if (![...filterNames, "q", "sort"].some((name) => parameters.has(name))) return { ...first, open };
  const filters = { ...noFilters };
  for (const name of filterNames) {
    const values = (parameters.get(name) ?? "").split(",").filter((value) => value !== "");
    filters[name] = [...new Set(values)];
  }
  return { query: parameters.get("q") ?? "", filters, sort: readSort(parameters.get("sort")), open };
}

/** The address of a lead list: the shortest that says the same. */
export function leadListAddress(state: LeadListState, first: LeadListState): string {
  const parameters: string[] = [];
  const add = (name: string, value: string) =>
    parameters.push(`${name}=${encodeURIComponent(value).replace(/%20/g, "+").replace(/%2C/g, ",")}`);
  const { field, falling } = state.sort;
  if (!isSameList(state, first)) {
    if (state.query !== "") add("q", state.query);
    for (const name of filterNames) {
      if (state.filters[name].length > 0) add(name, state.filters[name].join(","));
    }
    const isUsual = field === defaultSort.field && falling === defaultSort.falling;
    if (!isUsual || parameters.length === 0) add("sort", (falling ? "-" : "") + field);
  }
  if (state.open !== "") add("lead", state.open);
  return parameters.length === 0 ? "/leads" : `/leads?${parameters.join("&")}`;
}

function isSameList(a: LeadListState, b: LeadListState): boolean {
  return (
    a.query === b.query &&
    a.sort.field === b.sort.field &&
    a.sort.falling === b.sort.falling &&
    filterNames.every((name) => a.filters[name].join() === b.filters[name].join())
  );
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

/** The members to filter leads by: those who are active, then the deactivated who still own some. */
export function ownerChoices(
  members: readonly { id: string; display_name: string; active: boolean }[],
  owners: readonly string[],
): { value: string; name: string }[] {
  const active = members.filter((member) => member.active);
  const former = members.filter((member) => !member.active && owners.includes(member.id));
  return [
    ...active.map((member) => ({ value: member.id, name: member.display_name })),
    ...former.map((member) => ({ value: member.id, name: `${member.display_name} (deactivated)` })),
  ];
}

function readSort(text: string | null): Sort {
  const falling = text?.startsWith("-") ?? false;
  const name = falling ? text?.slice(1) : text;
  const field = sortable.find((each) => each === name);
  return field === undefined ? defaultSort : { field, falling };
}
