import { csvRows, csvText, delimiterOf } from "./csv";
import type { RowOutcome } from "./fileImports";
import { fits64, plainNumber } from "./numbers";
import { sentence } from "./problem";
import { ruleWords, withoutKeys } from "./ruleWords";
import type { ImportFault } from "./types";
import { words as all } from "../words/imports";

// What is wrong with the rows of an import, as a file: of refused rows the rows themselves where the file is at
// hand, so that they can be corrected and imported again.

const words = all.refused;

/** What to correct, in a sentence. */
export function faultText({ field, reason }: Pick<ImportFault, "field" | "reason">): string {
  const unknown = /^must name an? (\w+) that exists; (“.*”) does not(?:; did you mean (“.*”)\?)?$/s.exec(reason);
  if (unknown !== null) return words.unknownName(String(unknown[1]), String(unknown[2]), unknown[3] ?? "");
  const several = /^must name one (\w+); (“.*”) names several$/s.exec(reason);
  if (several !== null) return words.severalNames(String(several[1]), String(several[2]));
  const conditional = /^must not have an entry condition in imports; (“.*”) has one$/s.exec(reason);
  if (conditional !== null) return words.entryCondition(String(conditional[1]));
  if (reason.startsWith("must be yes or no")) return words.yesOrNo;
  const amount = /^must be an amount such as \S+, not “([^ ”]+)/.exec(reason);
  const digits = amount === null ? null : plainNumber(String(amount[1]));
  if (digits !== null) return fits64(`${digits.split(".")[0]}00`) ? words.decimals : words.tooLarge;
  return sentence(ruleWords({ field, rule: reason, reason: "" }) ?? withoutKeys(reason));
}

/** Line, column and reason of each fault. */
export function faultReport(faults: readonly ImportFault[]): string {
  const rows = faults.map((fault) => [fault.line, harmless(fault.column), faultText(fault)]);
  return csvText([[words.line, words.column, words.reason], ...rows], ",");
}

/**
 * The refused rows of a file, as it has them, each with its line and what to correct in it.
 *
 * @param text - the whole file
 */
export function refusedRows(text: string, faults: readonly ImportFault[]): string {
  const reasons = new Map<string, string[]>();
  for (const fault of faults) {
    const before = reasons.get(fault.line) ?? [];
    const where = fault.column === "" ? "" : `${fault.column}: `;
    reasons.set(fault.line, [...before, where + faultText(fault)]);
  }
  const rows: string[][] = [];
  let width = 0;
  for (const { line, values } of csvRows(text, true)) {
    if (width === 0) {
      width = values.length;
      rows.push([...values, words.line, words.reason]);
      continue;
    }
    const reason = reasons.get(String(line));
    if (reason === undefined) continue;
    const missing = Array.from({ length: Math.max(0, width - values.length) }, () => "");
    rows.push([...values, ...missing, String(line), reason.join(" ")]);
  }
  return csvText(rows, delimiterOf(text));
}

/** A text that spreadsheets do not run as a formula. */
function harmless(text: string): string {
  return /^[\s]*[=+\-@]/.test(text) ? `'${text}` : text;
}

/** "deals.csv": "deals-refused.csv". */
export function faultsName(fileName: string, outcome: RowOutcome): string {
  const end = outcome === "created" ? all.incomplete.fileEnd : words.fileEnd;
  return `${fileName.replace(/\.[^.]*$/, "") || words.file}-${end}.csv`;
}
