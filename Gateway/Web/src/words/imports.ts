// Imports of files, of any kind of record.

import { formatNumber } from "../core/format";
import { counted, type Noun, plural } from "./counts";
import { capital, isolated, listed } from "./sentences";

const rows = { one: "row", many: "rows" };

/** "a deal", "an account". */
function one(kind: string): string {
  return `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`;
}

export const words = {
  trail: "Breadcrumb",
  unnamedFile: "Unnamed file",
  title: (file: string) => `Import of ${isolated(file)}`,
  cancel: "Cancel import",
  dryRun: "Dry run",
  none: {
    title: "Imports of files are kept here",
    reason: "Nobody has imported a file yet.",
  },
  more: "Show more imports",
  table: {
    name: "Table of imports",
    file: "File",
    records: "Records",
    state: "State",
    created: "Created",
    duplicates: "Duplicates",
    unchanged: "Unchanged",
    refused: "Refused",
    by: "By",
    when: "When",
    operator: "Operator",
  },
  records: (kind: Noun) => capital(kind.many),
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
    kind: "What the file has",
    choose: "Choose a CSV file, or drop it here",
    hint: {
      leads: "UTF-8; the first line names the columns. Salesforce and Zoho exports are recognised.",
      records: "UTF-8; the first line names the columns.",
    },
    about: (size: string, columns: number) => `${size}, ${plural(columns, "column", "columns")}`,
    another: "Choose another file",
    dryRun: "Start dry run",
    dryRunStarting: "Starting dry run…",
    dryRunHint: "A dry run reads the whole file, says what would become of each row, and makes nothing.",
    start: "Start import",
    starting: "Starting import…",
    again: "Importing the same rows again creates nothing: known rows stay unchanged.",
    notUTF8: "The file is not UTF-8 text. Save it as “CSV UTF-8”, then choose it again.",
    notText: "The file is not text. Save the sheet as CSV, then choose it again.",
    openQuote: "The first line opens a quote that never closes.",
    empty: "The file is empty: its first line has to name the columns.",
  },
  /** A file that is not completely uploaded. */
  rest: {
    waiting: "This import is waiting for the rest of its file.",
    choose: (file: string) => `Choose ${isolated(file)} again to go on`,
    hint: (size: string) => `${size} had arrived when the page was left. The rest has not been sent.`,
    nothing: "The page no longer has the file, and nothing of it has been sent.",
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
    /** Of a column that fills no field. */
    identifies: "Only identifies the row",
    shared: (fields: readonly string[]) =>
      `Several columns fill ${listed(fields)}: in each row, the first one with a value counts.`,
    joined: (field: string) => `Several columns fill ${field}: each becomes a line of it.`,
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
  days: {
    title: "Days",
    order: "Days such as 3/1/2017",
    usual: "As usual in your region",
    mdy: "Month first: March 1",
    dmy: "Day first: January 3",
  },
  progress: {
    name: "Progress",
    bar: "Import progress",
    rows: (count: string) => `${counted(count, rows)} processed`,
    sent: (sent: string, size: string) => `${sent} of ${size} sent`,
    percent: (percent: number) => ` · ${formatNumber(percent)}%`,
    hint: (kind: Noun) =>
      `The import carries on when you leave this page. ${capital(kind.many)} appear as they are created.`,
    dryHint: "The dry run carries on when you leave this page.",
  },
  result: {
    name: "Result",
    created: (kind: Noun) => `new ${kind.many}`,
    duplicates: (kind: Noun) => `of these, linked to another ${kind.one}`,
    unchanged: "imported before",
    refused: (kind: Noun) => `could not become ${one(kind.one)}`,
    incomplete: "Not linked",
    incompleteNote: "of the new, without the one that their row names",
    /** What a dry run counts. */
    dry: {
      what: (kind: Noun) => `Nothing was made: this says what an import of these ${kind.many} would do.`,
      created: "Would be created",
      refused: "Would be refused",
      refusedNote: (kind: Noun) => `cannot become ${one(kind.one)}`,
      incomplete: "Would not be linked",
      duplicates: (kind: Noun) => `of these, would be linked to another ${kind.one}`,
    },
    all: (kind: Noun) => `Show all ${kind.many}`,
    blank: (count: string) => `${counted(count, { one: "blank row was", many: "blank rows were" })} skipped.`,
    remarks: "Good to know",
    remarkCount: (count: number) => plural(count, "value", "values"),
    remarkOther: "Other",
    rows: (count: string) => `(${counted(count, rows)})`,
    cancelledEmpty: (kind: Noun) => `It was cancelled before it created ${one(kind.one)}.`,
    cancelledDry: "It was cancelled before it had read the whole file.",
    cancelled: (kind: Noun) =>
      `It was cancelled. The ${kind.many} that it had created stay. Import the file again to add the rest.`,
  },
  /** What can be done after an import. */
  next: {
    import: (count: string, kind: Noun) => `Import ${counted(count, kind)}`,
    importing: "Starting import…",
    change: "Change columns and values",
  },
  failure: {
    unreadable: "The file could not be read.",
    empty: "The file is empty: it has no header row.",
    noColumn: (column: string) => `The file has no column “${isolated(column)}”.`,
    noField: "No column of the file fills a field.",
    stays: (kind: Noun) => ` The ${kind.many} created before that point stay.`,
  },
  refused: {
    title: "Refused rows",
    dryTitle: "Rows that would be refused",
    hint: (kind: Noun) =>
      "Correct these lines in the file and import it again: " +
      `rows that are already ${kind.many} stay unchanged.`,
    dryHint: "Correct these lines in the file, or change what its columns and values mean.",
    name: "Table of refused rows",
    line: "Line",
    column: "Column",
    reason: "Reason",
    wholeRow: "Whole row",
    more: "Show more rows",
    save: "Save as CSV",
    saving: "Saving…",
    rowsHint: "The file has the refused rows as they are, each with its reason.",
    reportHint: "The file has the line, the column and the reason of each.",
    unknownName: (what: string, name: string, near: string) =>
      `There is no ${what} called ${name}.` + (near === "" ? "" : ` Did you mean ${near}?`),
    severalNames: (what: string, name: string) => `Several ${what}s are called ${name}.`,
    entryCondition: (stage: string) =>
      `Deals cannot be imported into ${stage}, which has an entry condition.`,
    yesOrNo: "Enter yes or no.",
    decimals: "Enter an amount with no more decimals than its currency has.",
    tooLarge: "Enter a smaller amount.",
    file: "import",
    fileEnd: "refused",
  },
  /** Rows that became records without another that they name. */
  incomplete: {
    title: "Created, but not linked",
    dryTitle: "Would be created, but not linked",
    hint: (kind: Noun) =>
      `These rows are ${kind.many} now, without the one that they name. ` +
      "Choose it in each of them: imported again, a corrected row would come in twice.",
    dryHint: "Correct these lines in the file, or change what its columns and values mean, before you import it.",
    name: "Table of rows that were not linked",
    fileEnd: "not-linked",
  },
};
