// Enough of RFC 4180 to preview a file before it is uploaded: quotes, doubled quotes, line breaks in
// quotes, any line ending, a byte order mark, and a comma, semicolon or tab between values, whichever is most
// frequent in the header. The service parses the whole file itself.

import { words } from "../words/imports";

/** The first rows of a file. */
export interface CsvStart {
  rows: string[][];
  /** Whether the text ended inside a quoted value. */
  openQuote: boolean;
}

/** A row of a file. */
export interface CsvRow {
  /** The line that it begins on, as the service counts; the header is on line 1. */
  line: number;
  values: string[];
}

/**
 * The rows of a text, without blank ones. The last row of a text that was cut is omitted unless `isWhole`.
 *
 * @returns whether the text ended inside a quoted value
 */
export function* csvRows(text: string, isWhole: boolean): Generator<CsvRow, boolean> {
  const delimiter = delimiterOf(text);
  let values: string[] = [];
  let value = "";
  let quoted = false;
  let line = 1;
  let begin = 1;
  const end = (): CsvRow | null => {
    const row = { line: begin, values: [...values, value] };
    values = [];
    value = "";
    return row.values.length > 1 || row.values[0] !== "" ? row : null;
  };
  for (let index = text.charCodeAt(0) === 0xfeff ? 1 : 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (quoted) {
      if (character === "\n") line += 1;
      if (character !== '"') value += character;
      else if (text.charAt(index + 1) === '"') {
        value += '"';
        index += 1;
      } else quoted = false;
    } else if (character === '"' && value === "") quoted = true;
    else if (character === delimiter) {
      values.push(value);
      value = "";
    } else if (character === "\n" || character === "\r") {
      if (character === "\r" && text.charAt(index + 1) === "\n") index += 1;
      const row = end();
      line += 1;
      begin = line;
      if (row !== null) yield row;
    } else value += character;
  }
  const last = isWhole && (values.length > 0 || value !== "") ? end() : null;
  if (last !== null) yield last;
  return quoted;
}

/** The first `limit` rows of a text; see `csvRows`. */
export function readCsvStart(text: string, limit: number, isWhole: boolean): CsvStart {
  const rows: string[][] = [];
  const each = csvRows(text, isWhole);
  while (rows.length < limit) {
    const step = each.next();
    if (step.done === true) return { rows, openQuote: step.value };
    rows.push(step.value.values);
  }
  return { rows, openQuote: false };
}

/** A file's headings and first rows, or why it cannot be imported. */
export type FileStart =
  | { ok: true; columns: string[]; rows: string[][] }
  | { ok: false; reason: string };

/** Reads the start of a file; `isWhole` says whether `bytes` is all of it. */
export function readFileStart(bytes: Uint8Array, isWhole: boolean, rows: number): FileStart {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: !isWhole });
  } catch {
    return { ok: false, reason: words.file.notUTF8 };
  }
  if (text.includes("\u0000")) {
    return { ok: false, reason: words.file.notText };
  }
  const start = readCsvStart(text, rows + 1, isWhole);
  const [header, ...rest] = start.rows;
  if (start.openQuote && start.rows.length <= (isWhole ? 1 : 0)) {
    return { ok: false, reason: words.file.openQuote };
  }
  if (header === undefined) {
    return { ok: false, reason: words.file.empty };
  }
  return { ok: true, columns: header, rows: rest };
}

/** The delimiter of a file: the most frequent one in its header. */
export function delimiterOf(text: string): string {
  const counts = new Map([",", ";", "\t"].map((delimiter) => [delimiter, 0]));
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === "\n" || character === "\r")) break;
    else if (!quoted) {
      const count = counts.get(character);
      if (count !== undefined) counts.set(character, count + 1);
    }
  }
  const [[most] = [","]] = [...counts].sort(([, a], [, b]) => b - a);
  return most;
}

/** Rows as a file; values that need it are quoted. */
export function csvText(rows: readonly (readonly string[])[], delimiter: string): string {
  const cell = (value: string) =>
    /[",;\t\r\n]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value;
  return rows.map((row) => `${row.map(cell).join(delimiter)}\r\n`).join("");
}
