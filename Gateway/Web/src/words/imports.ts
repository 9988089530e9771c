// Imports of files, of any kind of record.

import { formatNumber } from "../core/format";
import { counted, type Noun, plural } from "./counts";
import { capital, isolated } from "./sentences";

const rows = { one: "row", many: "rows" };

function go(count: string): string {
  return Number(count) === 1 ? "goes" : "go";
}

function become(count: string): string {
  return Number(count) === 1 ? "becomes" : "become";
}

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
    updated: "Updated",
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
    IMPORT_STATE_SURVEYING: "Reading the file",
    IMPORT_STATE_READY: "Ready to start",
    IMPORT_STATE_RUNNING: "Running",
    IMPORT_STATE_SUCCEEDED: "Done",
    IMPORT_STATE_FAILED: "Failed",
    IMPORT_STATE_CANCELLED: "Cancelled",
    IMPORT_STATE_UNDOING: "Being undone",
    IMPORT_STATE_UNDONE: "Undone",
    IMPORT_STATE_PAUSED: "Paused",
  },
  file: {
    new: "New",
    kind: "What the file has",
    choose: "Choose a file, or drop it here",
    hint:
      "CSV, Excel (.xlsx), contacts (.vcf), or a .zip with one of these, from any system. " +
      "It is read first: nothing is made before you start.",
    about: (size: string) => `${size}, being sent`,
    empty: "This file is empty. Choose the one that you exported.",
    again: "It is read with the columns and values of the import before.",
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
  progress: {
    name: "Progress",
    bar: "Import progress",
    rows: (count: string) => `${counted(count, rows)} processed`,
    sent: (sent: string, size: string) => `${sent} of ${size} sent`,
    percent: (percent: number) => ` · ${formatNumber(percent)}%`,
    hint: (kind: Noun) =>
      `The import carries on when you leave this page. ${capital(kind.many)} appear as they are created.`,
    dryHint: "The dry run carries on when you leave this page.",
    pause: "Pause",
    goOn: "Go on",
    going: "Going on…",
    paused: "It goes on where it was, within 30 days of its start. Cancelled, it keeps what is done.",
    reading: "The file is read to the end, so that nothing is made of one that is misunderstood.",
    undone: (count: number, all: number) =>
      `${formatNumber(count)} of ${plural(all, "record", "records")} taken back`,
  },
  result: {
    name: "Result",
    created: (kind: Noun) => `new ${kind.many}`,
    duplicates: (kind: Noun) => `of these, linked to another ${kind.one}`,
    updated: "were known, and changed",
    unchanged: "nothing new in them",
    restored: "Restored",
    restoredNote: "were in the trash",
    refused: (kind: Noun) => `could not become ${one(kind.one)}`,
    incomplete: "Not linked",
    incompleteNote: "of these rows, without the one that they name",
    /** What a dry run counts. */
    dry: {
      what: (kind: Noun) => `Nothing was made: this says what an import of these ${kind.many} would do.`,
      created: "Would be created",
      updated: "Would be updated",
      updatedNote: "are known, and would change",
      restored: "Would be restored",
      restoredNote: "are in the trash",
      refused: "Would be refused",
      refusedNote: (kind: Noun) => `cannot become ${one(kind.one)}`,
      incomplete: "Would not be linked",
      duplicates: (kind: Noun) => `of these, would be linked to another ${kind.one}`,
    },
    rowCount: (count: string) => `${counted(count, rows)} in all.`,
    made: (count: string, kind: Noun) => `Show the ${counted(count, kind)} it created`,
    duplicatesMade: (count: string) =>
      `Show the ${counted(count, { one: "duplicate", many: "duplicates" })} among them`,
    all: (kind: Noun) => `Show all ${kind.many}`,
    blank: (count: string) =>
      `${counted(count, { one: "blank row, repeated heading or total was", many: "blank rows, repeated headings and totals were" })} passed over.`,
    remarks: "Good to know",
    remarkCount: (count: number) => plural(count, "value", "values"),
    remarkOther: "Other",
    rows: (count: string) => `(${counted(count, rows)})`,
    cancelledEmpty: (kind: Noun) => `It was cancelled before it created ${one(kind.one)}.`,
    cancelledDry: "It was cancelled before it had read the whole file.",
    cancelled: (kind: Noun) =>
      `It was cancelled. The ${kind.many} that it had created stay. Import the file again to add the rest.`,
    readAs: "How the file was read",
  },
  /** What can be done after an import. */
  next: {
    import: (count: string, kind: Noun) => `Import ${counted(count, kind)}`,
    importing: "Starting import…",
    back: "Change columns and values",
    change: "Import again with other settings",
    goOn: "Import the rest",
  },
  undo: {
    button: "Undo import",
    title: "Undo this import",
    /** What it touches. */
    created: (count: string, kind: Noun, isArchived: boolean) =>
      `${counted(count, kind)} that it created ${go(count)} to the ${isArchived ? "archive" : "trash"}.`,
    restored: (count: string, kind: Noun) => `${counted(count, kind)} that it restored ${go(count)} to the trash again.`,
    updated: (count: string, kind: Noun) =>
      `${counted(count, kind)} that it changed ${become(count)} what ${Number(count) === 1 ? "it was" : "they were"}.`,
    left: "What somebody has changed since, or refers to, stays as it is, and is counted.",
    until: (days: number) => `This can be done for ${plural(days, "more day", "more days")}.`,
    confirm: "Undo import",
    result: "What was undone",
    deleted: "In the trash",
    archived: "In the archive",
    deletedNote: (kind: Noun) => `${kind.many} that it had made`,
    putBack: "Put back",
    putBackNote: (kind: Noun) => `${kind.many} that it had changed`,
    leftCount: "Left",
    leftNote: (kind: Noun) => `${kind.many} that somebody has changed since`,
    leftHint: (kind: Noun) =>
      `The ${kind.many} that were left have changes by people, or are in use: look through them by hand.`,
    before: "What it had done",
  },
  failure: {
    unreadable: "The file could not be read.",
    stays: (kind: Noun) => ` The ${kind.many} created before that point stay.`,
  },
  refused: {
    title: "Refused rows",
    dryTitle: "Rows that would be refused",
    hint: (kind: Noun) =>
      "Save these rows, correct them, and import the saved file: " +
      `just those become ${kind.many}.`,
    dryHint: "Correct these lines in the file, or change what its columns and values mean.",
    name: "Table of refused rows",
    line: "Line",
    column: "Column",
    reason: "Reason",
    row: "The row",
    wholeRow: "Whole row",
    more: "Show more rows",
    save: "Save as CSV",
    saveAll: "Save rows with remarks as CSV",
    saving: "Saving…",
    rowsHint: "The file has the refused rows as they are, each with its reason.",
    allHint: "The file also has the rows that were taken, with what was left out of them.",
    reportHint: "The file has the line, the column and the reason of each.",
    unknownName: (what: string, name: string, near: string) =>
      `There is no ${what} called “${name}”.` + (near === "" ? "" : ` Did you mean “${near}”?`),
    severalNames: (what: string, name: string) => `Several ${what}s are called “${name}”.`,
    circle: (what: string, name: string) =>
      `Choose another ${what}: “${name}” is the record itself, or stands below it.`,
    entryCondition: (stage: string) =>
      `Deals cannot be imported into “${stage}”, which has an entry condition.`,
    file: "import",
    fileEnd: "refused",
    remarksEnd: "remarks",
  },
  /** What was noticed in rows that were taken. */
  rowRemarks: {
    title: "Remarks on rows",
    dryTitle: "Remarks on rows that would be taken",
    hint: (count: string) => `${counted(count, { one: "row was", many: "rows were" })} taken with a remark.`,
    dryHint: (count: string) => `${counted(count, { one: "row would", many: "rows would" })} be taken with a remark.`,
    first: (count: number) => `The first ${plural(count, "remark", "remarks")} by line; the saved file has all.`,
    name: "Table of remarks on rows",
    remark: "Remark",
  },
  /** Rows that lack another record that they name. */
  incomplete: {
    title: "Taken, but not linked",
    dryTitle: "Would be taken, but not linked",
    hint:
      "These rows lack another record that they name. " +
      "Corrected and imported again, those with an id are linked; others come in twice.",
    dryHint: "Correct these lines in the file, or change what its columns and values mean, before you import it.",
    name: "Table of rows that were not linked",
    fileEnd: "not-linked",
  },
};
