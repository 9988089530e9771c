// A file that has been read, before its import starts.

import { counted, type Noun, plural } from "./counts";
import { capital, isolated, listed } from "./sentences";

const rows = { one: "row", many: "rows" };

const known = {
  update: "Overwrite what differs",
  skip: "Leave as they are",
  create: "Create another one",
};

export const words = {
  /** What was recognised. */
  source: {
    title: "The file",
    format: (format: string, count: string) => `${capital(format)}, ${counted(count, rows)}.`,
    passedOver: (count: string) =>
      `${counted(count, { one: "blank row, repeated heading or total is", many: "blank rows, repeated headings and totals are" })} passed over.`,
    label: "Comes from",
    hint: "The system that wrote the file: it says what columns mean, and which rows were imported before.",
    sheet: "Sheet, or file in the archive",
    sheetHint: "Empty for the first one with values.",
    read: "Read it",
    other: (text: string) => `Another system: ${isolated(text)}`,
  },
  preview: {
    title: "First rows, as they will be stored",
    name: "Table of the first rows",
    line: "Line",
    becomes: "Becomes",
    outcomes: {
      created: "New",
      updated: "Updated",
      unchanged: "Unchanged",
      restored: "Restored",
      refused: "Refused",
    },
    remark: "Remark",
    said: (column: string, value: string, text: string) =>
      (column === "" ? "" : `${isolated(column)}: `) + (value === "" ? "" : `“${isolated(value)}” `) + `${text}.`,
  },
  columns: {
    title: "Columns",
    imported: (count: number) => plural(count, "column is imported", "columns are imported"),
    leftOut: (count: number) => plural(count, "column is left out", "columns are left out"),
    empty: (count: number) => plural(count, "column has no values", "columns have no values"),
    name: {
      imported: "Table of columns that are imported",
      left_out: "Table of columns that are left out",
      empty: "Table of columns without values",
    },
    column: "Column",
    values: "First values",
    becomes: "Becomes",
    unnamed: (place: number) => `Column ${place}`,
    fieldFor: (column: string) => `Field for ${isolated(column)}`,
    leaveOut: "Leave out",
    /** Of a column that fills no field. */
    identifies: "Only identifies the row",
    fields: "Fields",
    more: "What takes more than a field",
    readAs: (how: string) => `Read as: ${how}`,
    unreadable: (count: string) =>
      `${counted(count, { one: "value", many: "values" })} cannot be read and will be left out`,
    shared: (fields: readonly string[]) =>
      `Several columns fill ${listed(fields)}: in each row, the first one with a value counts.`,
    joined: (field: string) => `Several columns fill ${field}: each becomes a line of it.`,
    keep: "Keep the columns that are left out, as lines of the description",
    nothingKnown: "Say which column fills which field.",
  },
  reading: {
    title: "Numbers, dates, yes and no",
    decimal: "Decimals",
    decimals: { "": "As each column shows", point: "After a point: 1,234.56", comma: "After a comma: 1.234,56" },
    dates: "Days such as 3/4/2026",
    orders: { "": "As each column shows", mdy: "Month first: March 4", dmy: "Day first: April 3" },
    column: (heading: string, how: string) => `${isolated(heading)}: ${how}`,
    asks: "can be read in two ways",
    examples: (texts: readonly string[]) => `Such as ${texts.map((text) => `“${isolated(text)}”`).join(", ")}.`,
    question: {
      decimal: (columns: readonly string[]) =>
        `${listed(columns)} can be read in two ways. Choose what stands before decimals.`,
      dates: (columns: readonly string[]) =>
        `${listed(columns)} can be read in two ways. Choose what comes first, month or day.`,
    },
  },
  values: {
    title: "Values that are not known here",
    added: "Say what is meant, or what becomes of them.",
    leftOut: "Say what is meant. Values that mean nothing here are left out, and named in the report.",
    list: (heading: string, field: string) => `${isolated(heading)}: ${isolated(field)}`,
    owners: (heading: string) => `${isolated(heading)}: owners who are no members`,
    ownersHint: "Their records go to whoever gets those without an owner, unless you say who is meant.",
    table: (heading: string) => `Table of values of ${isolated(heading)}`,
    from: "In the file",
    rows: "Rows",
    to: "Is read as",
    readAs: (value: string) => `What ${isolated(value)} is read as`,
    nothing: "No value",
    add: "Add to the list",
    asItIs: "Not known: choose one",
    again: "As in the file",
    new: (count: number, field: string) =>
      `${plural(count, "value is", "values are")} not in the list of ${isolated(field)}.`,
    more: (count: number) => `Show ${plural(count, "more value", "more values")}`,
    decide: "New values",
    choices: { add: "Add them to the list", leave_out: "Leave them out" },
    question: (columns: readonly string[]) =>
      `${listed(columns)} has more new values than a list usually gets. Choose whether they are added or left out.`,
    mayNot: "Only members who may change lists can add them.",
  },
  identity: {
    title: "Rows that were imported before",
    by: "Identified by",
    byHint: "The column with a unique id for each row.",
    whole: "All values of the row",
  },
  choices: {
    title: "What becomes of the rows",
    region: "Default country",
    regionHint: "Of phone numbers whose row names none.",
    usualRegion: "The country of the workspace",
    owner: "Owner",
    ownerHint: "Of records whose row names none.",
    usualOwner: (kind: Noun) => `As of new ${kind.many}`,
    known: (kind: Noun) => `Known ${kind.many}`,
    knownOptions: { "": "Fill what is empty", ...known },
    /** Of kinds that are known by an address or a number, too. */
    knownByAddress: {
      "": "Fill what is empty, if the id is known",
      fill_empty: "Fill what is empty, also by address",
      ...known,
    },
    knownHint: "An empty value in the file never erases anything.",
    duplicatesHint: (kind: Noun) =>
      `An empty value in the file never erases anything. A new ${kind.one} with a known address alone is linked as a duplicate.`,
    deleted: (kind: Noun) => `Deleted ${kind.many}`,
    deletedOptions: { "": "Create them again", restore: "Take them out of the trash" },
  },
  start: {
    name: "Start",
    start: "Start import",
    starting: "Starting import…",
    dryRun: "Dry run",
    dryRunStarting: "Starting dry run…",
    startDryRun: "Start dry run",
    another: "Choose another file",
    readingAgain: "Reading the file again…",
    ready: (count: string, kind: Noun) =>
      `${counted(count, rows)} ${Number(count) === 1 ? "is" : "are"} ready to become ${kind.many}.`,
    open: "Decide first:",
    decide: {
      columns: "which columns fill which fields",
      numbers: "how decimals are written",
      dates: "how dates are written",
      values: "what becomes of new values",
    },
    gap: "Map the columns that every row needs.",
    notYours: "Only whoever sent the file can start it.",
  },
};
