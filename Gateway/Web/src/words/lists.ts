// Lists and boards of any kind of record, with their filters, views and changes of many.

import { formatNumber } from "../core/format";
import { counted, type Noun, plural } from "./counts";
import { capital, isolated, listed } from "./sentences";

export const words = {
  name: (kind: Noun) => capital(kind.many),
  section: (kind: Noun) => `${capital(kind.one)} list`,
  shownAs: { name: "Shown as", table: "Table", board: "Board", calendar: "Calendar" },
  stale: { what: "This list has changed.", refresh: "Show it as it is now" },
  retry: "Try again",
  noMatch: {
    title: (kind: Noun) => `No ${kind.one} matches`,
    reason: (kind: Noun) => `No ${kind.one} matches all of these words and filters.`,
    all: (kind: Noun) => `Show all ${kind.many}`,
  },
  none: {
    title: (kind: Noun) => `${capital(kind.many)} belong here`,
    reason: "There are none yet.",
  },
  grid: {
    loading: "Loading",
    choose: (name: string) => `Choose ${isolated(name)}`,
    chooseLoaded: (kind: Noun) => `Choose all loaded ${kind.many}`,
    width: (column: string) => `Width of ${column}`,
  },
  menu: {
    name: "List",
    button: "More for this list",
    columns: "Choose columns",
    /** For chosen columns that do not fit. */
    noRoom: (count: number) => plural(count, "column has no room", "columns have no room"),
    start: "Go to the beginning",
    end: "Go to the end",
    export: (kind: Noun) => `Export these ${kind.many}`,
    import: (kind: Noun) => `Import ${kind.many}`,
    noExport: (kind: Noun) => `To export ${kind.many}, clear the search: use filters instead`,
  },
  chosen: {
    name: "Chosen",
    count: (count: number, kind: Noun) => `${counted(count, kind)} chosen`,
    allThatMatch: (count: number, more: boolean) =>
      `Choose all ${formatNumber(count)}${more ? " and more" : ""} that match`,
    notAllThatMatch: "To choose all that match, clear the search: use filters instead.",
    none: "Choose none",
    export: "Export",
    delete: (count: number, kind: Noun) => `Delete ${counted(count, kind)}`,
    assign: "Assign",
    assignTo: (count: number, kind: Noun) => `Assign ${counted(count, kind)}`,
    set: (field: string) => `Set ${field.toLowerCase()}`,
    change: (count: number, kind: Noun) => `Change ${counted(count, kind)}`,
    changing: (kind: Noun) => `Changing ${kind.many}`,
    undoing: (kind: Noun) => `Undoing ${kind.many}`,
  },
  /** The outcome of a change of many: "Status is New: 12 leads, 3 refused (…)". */
  operation: {
    deleted: "Deleted",
    done: (what: string, done: string, failed: string, kind: Noun) =>
      `${what}: ${counted(done, kind)}${failed === "0" ? "" : `, ${formatNumber(Number(failed))} refused`}`,
    /** @param names - of some that were refused */
    because: (names: readonly string[], reason: string) =>
      ` (${names.length === 0 ? "" : `${names.map(isolated).join(", ")}: `}${reason})`,
    undone: (count: string, failed: string, kind: Noun) =>
      `Undone for ${counted(count, kind)}${failed === "0" ? "" : `, ${formatNumber(Number(failed))} refused`}`,
  },
  filters: {
    name: "Filters",
    add: "Add a filter",
    addShort: "Filter",
    findField: "Find a field",
    /** Headings of the fields to filter by: the most used ones, and those without a group. */
    suggested: "Suggested",
    others: "Other",
    clear: "Clear filters",
    clearOne: (field: string) => `Clear filter ${field}`,
    find: (field: string) => `Find ${field.toLowerCase()}`,
    findShort: "Find",
    noMatch: "No match",
    from: "From",
    to: "To",
    least: "At least",
    most: "At most",
    noNumbers: "Enter numbers, or leave one empty.",
    contains: "Contains",
    show: "Show",
  },
  /** @param services - such as "deals" */
  gaps: (services: readonly string[], kind: Noun) =>
    `${capital(listed(services))} do not answer just now: ${kind.many} about their records are missing here.`,
  views: {
    name: "Views",
    all: (kind: Noun) => `All ${kind.many}`,
    changed: " (changed)",
    first: "Default view",
    mine: "Mine",
    shared: "Shared",
    update: (name: string) => `Save changes to ${isolated(name)}`,
    saveNew: "Save as a new view",
    rename: (name: string) => `Rename or share ${isolated(name)}`,
    delete: (name: string) => `Delete ${isolated(name)}`,
    deleted: (name: string) => `View ${isolated(name)} deleted`,
  },
};
