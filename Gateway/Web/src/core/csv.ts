// RFC 4180 as the service writes it: commas between values, and values with commas, quotes or line breaks in quotes.

/** The rows of a text, without blank ones. */
export function* csvRows(text: string): Generator<string[]> {
  let values: string[] = [];
  let value = "";
  let quoted = false;
  const end = (): string[] => {
    const row = [...values, value];
    values = [];
    value = "";
    return row;
  };
  const isBlank = (row: string[]) => row.length === 1 && row[0] === "";
  for (let index = text.charCodeAt(0) === 0xfeff ? 1 : 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (quoted) {
      if (character !== '"') value += character;
      else if (text.charAt(index + 1) === '"') {
        value += '"';
        index += 1;
      } else quoted = false;
    } else if (character === '"' && value === "") quoted = true;
    else if (character === ",") {
      values.push(value);
      value = "";
    } else if (character === "\n" || character === "\r") {
      if (character === "\r" && text.charAt(index + 1) === "\n") index += 1;
      const row = end();
      if (!isBlank(row)) yield row;
    } else value += character;
  }
  const last = end();
  if (!isBlank(last)) yield last;
}

/** Rows as a file; values that need it are quoted. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const cell = (value: string) => (/[",\t\r\n]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value);
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}
