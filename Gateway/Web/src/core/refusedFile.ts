import { csvRows, csvText } from "./csv";
import { sentence } from "./problem";
import { ruleWords, withoutKeys } from "./ruleWords";
import type { ImportFault } from "./types";
import { words as all } from "../words/imports";

// What is wrong with the rows of an import, and what stands in them.

const words = all.refused;

/** What to correct, in a sentence. */
export function faultText({ field, reason }: Pick<ImportFault, "field" | "reason">): string {
  const unknown = /^must name an? (\w+) that exists; (“.*”) does not(?:; did you mean (“.*”)\?)?$/s.exec(reason);
  if (unknown !== null) return words.unknownName(String(unknown[1]), String(unknown[2]), unknown[3] ?? "");
  const several = /^must name one (\w+); (“.*”) names several$/s.exec(reason);
  if (several !== null) return words.severalNames(String(several[1]), String(several[2]));
  const conditional = /^must not have an entry condition in imports; (“.*”) has one$/s.exec(reason);
  if (conditional !== null) return words.entryCondition(String(conditional[1]));
  return sentence(ruleWords({ field, rule: reason, reason: "" }) ?? withoutKeys(reason));
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
