import { csvRows, csvText } from "./csv";
import { sentence } from "./problem";
import { ruleWords, withoutKeys } from "./ruleWords";
import type { ImportFault } from "./types";
import { words as all } from "../words/imports";

// What is wrong with the rows of an import, and what stands in them.

const words = all.refused;

/** What is wrong with one column of a row, wherever in the file. */
export type RowFault = Omit<ImportFault, "line" | "column" | "created">;

/** What to correct, in a sentence. */
export function faultText({ field, reason, reason_code, value, object, suggestion }: RowFault): string {
  switch (reason_code) {
    case "IMPORT_FAULT_REASON_UNKNOWN_NAME":
      return words.unknownName(object, value, suggestion);
    case "IMPORT_FAULT_REASON_AMBIGUOUS_NAME":
      return words.severalNames(object, value);
    case "IMPORT_FAULT_REASON_ENTRY_CONDITION":
      return words.entryCondition(value);
    case "IMPORT_FAULT_REASON_CIRCLE":
      return words.circle(object, value);
    default:
      return sentence(ruleWords({ field, rule: reason, reason: "" }) ?? withoutKeys(reason));
  }
}

/** Line, column and reason of each fault. */
export function faultReport(faults: readonly ImportFault[]): string {
  const rows = faults.map((fault) => [fault.line, harmless(fault.column), faultText(fault)]);
  return csvText([[words.line, words.column, words.reason], ...rows]);
}

/**
 * What stands in refused rows, by their lines.
 *
 * @param text - the rows in the order of the file, with the headings before and the reason after the values
 * @param faults - what is wrong with them, by line
 */
export function rowTexts(text: string, faults: readonly Pick<ImportFault, "line">[]): ReadonlyMap<string, string> {
  const rows = [...csvRows(text)].slice(1);
  const lines = [...new Set(faults.map(({ line }) => line))];
  return new Map(
    lines.slice(0, rows.length).map((line, place) => {
      const values = (rows[place] ?? []).slice(0, -1).filter((value) => value !== "");
      return [line, values.join(" · ")];
    }),
  );
}

/** A text that spreadsheets do not run as a formula. */
function harmless(text: string): string {
  return /^[\s]*[=+\-@]/.test(text) ? `'${text}` : text;
}

/** Which rows a saved file has. */
export type SavedRows = "refused" | "remarks" | "created";

const ends: Readonly<Record<SavedRows, string>> = {
  refused: words.fileEnd,
  remarks: words.remarksEnd,
  created: all.incomplete.fileEnd,
};

/** "deals.csv": "deals-refused.csv". */
export function savedName(fileName: string, rows: SavedRows): string {
  return `${fileName.replace(/\.[^.]*$/, "") || words.file}-${ends[rows]}.csv`;
}
