// Enough of RFC 4180 to show a file before it is sent: quotes, doubled quotes, line breaks in
// quotes, any line ending, a byte order mark, and a comma, semicolon or tab between values, whichever
// the header has most of. The service reads the whole file by itself.

import { words } from "../words/imports";

/** The first rows of a file. */
export interface CsvStart {
  rows: string[][];
  /** Whether the text ended inside a quoted value. */
  openQuote: boolean;
}

/**
 * The first `limit` rows of a text. The last row of a text that was cut is left out unless `isWhole`.
 */
export function readCsvStart(text: string, limit: number, isWhole: boolean): CsvStart {
  const rows: string[][] = [];
  const delimiter = delimiterOf(text);
  let row: string[] = [];
  let value = "";
  let quoted = false;
  let index = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const endRow = () => {
    row.push(value);
    if (row.length > 1 || value !== "") rows.push(row);
    row = [];
    value = "";
  };
  for (; index < text.length && rows.length < limit; index += 1) {
    const character = text.charAt(index);
    if (quoted) {
      if (character !== '"') value += character;
      else if (text.charAt(index + 1) === '"') {
        value += '"';
        index += 1;
      } else quoted = false;
    } else if (character === '"' && value === "") quoted = true;
    else if (character === delimiter) {
      row.push(value);
      value = "";
    } else if (character === "\n" || character === "\r") {
      if (character === "\r" && text.charAt(index + 1) === "\n") index += 1;
      endRow();
    } else value += character;
  }
  if (rows.length < limit && isWhole && (row.length > 0 || value !== "")) endRow();
  return { rows, openQuote: quoted };
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

function delimiterOf(text: string): string {
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
