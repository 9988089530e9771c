// Imports of files of leads.

import { formatNumber } from "../core/format";
import { counted, plural } from "./counts";
import { isolated, listed } from "./sentences";

const rows = { one: "row", many: "rows" };

export const words = {
  trail: "Breadcrumb",
  unnamedFile: "Lead file",
  title: (file: string) => `Import of ${isolated(file)}`,
  cancel: "Cancel import",
  none: {
    title: "Imports of lead files are kept here",
    reason: "Nobody has imported a file yet.",
  },
  more: "Show more imports",
  table: {
    name: "Table of imports",
    file: "File",
    state: "State",
    created: "Created",
    duplicates: "Duplicates",
    unchanged: "Unchanged",
    refused: "Refused",
    by: "By",
    when: "When",
    operator: "Operator",
  },
  states: {
    IMPORT_STATE_UNSPECIFIED: "Unknown",
    IMPORT_STATE_RECEIVING: "Waiting for its file",
    IMPORT_STATE_RUNNING: "Running",
    IMPORT_STATE_SUCCEEDED: "Done",
    IMPORT_STATE_FAILED: "Failed",
    IMPORT_STATE_CANCELLED: "Cancelled",
  },
  file: {
    new: "New",
    choose: "Choose a CSV file, or drop it here",
    hint: "UTF-8; the first line names the columns. Salesforce and Zoho exports are recognised.",
    about: (size: string, columns: number) => `${size}, ${plural(columns, "column", "columns")}`,
    another: "Choose another file",
    start: "Start import",
    starting: "Starting import…",
    again: "Importing the same rows again creates nothing: known rows stay unchanged.",
    notUTF8: "The file is not UTF-8 text. Save it as “CSV UTF-8”, then choose it again.",
    notText: "The file is not text. Save the sheet as CSV, then choose it again.",
    openQuote: "The first line opens a quote that never closes.",
    empty: "The file is empty: its first line has to name the columns.",
  },
  /** A file whose rest is still to be sent. */
  rest: {
    waiting: "This import is waiting for the rest of its file.",
    choose: (file: string) => `Choose ${isolated(file)} again to go on`,
    hint: (size: string) => `${size} had arrived when the page was left. The rest has not been sent.`,
    smaller: "This file is smaller than what was already sent. Choose the file you began with.",
    otherName: (file: string) => `Choose ${isolated(file)}, the file you began with.`,
    differs: "This file differs from the one you began with. Start a new import with it.",
  },
  columns: {
    title: "Columns",
    name: "Table of columns",
    column: "Column",
    values: "First values",
    becomes: "Becomes",
    unnamed: (place: number) => `Column ${place}`,
    fieldFor: (column: string) => `Field for ${isolated(column)}`,
    leaveOut: "Leave out",
    shared: (fields: readonly string[]) =>
      `Several columns fill ${listed(fields)}: in each row, the first one with a value counts.`,
    unfilled: (fields: readonly string[]) =>
      `No column fills ${listed(fields, "disjunction")}: every row would be refused.`,
  },
  matching: {
    title: "Matching rows",
    from: "Comes from",
    fromHint: "The system that the rows come from, such as salesforce.",
    by: "Identified by",
    byHint: "The column with a unique id for each row.",
    whole: "All values of the row",
  },
  progress: {
    name: "Progress",
    bar: "Import progress",
    rows: (count: string) => `${counted(count, rows)} processed`,
    sent: (sent: string, size: string) => `${sent} of ${size} sent`,
    percent: (percent: number) => ` · ${formatNumber(percent)}%`,
    hint: "The import carries on when you leave this page. Leads appear as they are created.",
  },
  result: {
    name: "Result",
    created: "new leads",
    duplicates: "of these, linked to another lead",
    unchanged: "imported before",
    refused: "could not become a lead",
    all: "Show all leads",
    blank: (count: string) => `${counted(count, { one: "blank row was", many: "blank rows were" })} skipped.`,
    remarks: "Good to know",
    rows: (count: string) => `(${counted(count, rows)})`,
    cancelledEmpty: "It was cancelled before it created a lead.",
    cancelled:
      "It was cancelled. The leads that it had created stay. Import the file again to add the rest.",
  },
  failure: {
    unreadable: "The file could not be read.",
    empty: "The file is empty: it has no header row.",
    noColumn: (column: string) => `The file has no column “${isolated(column)}”.`,
    noField: "No column of the file fills a field.",
    stays: " The leads created before that point stay.",
  },
  refused: {
    title: "Refused rows",
    hint:
      "Correct these lines in the file and import it again: rows that are already leads stay unchanged.",
    name: "Table of refused rows",
    line: "Line",
    column: "Column",
    reason: "Reason",
    wholeRow: "Whole row",
    more: "Show more rows",
  },
};
