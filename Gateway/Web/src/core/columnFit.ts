import type { Column } from "./recordKind";

/** A column as it is shown. */
export interface FittedColumn {
  column: Column;
  /** In pixels. */
  width: number;
}

/** What people chose of a list's columns, kept on their device. */
export type Widths = Readonly<Record<string, number>>;

export const leastWidth = 64;
const mostWidth = 800;

/**
 * The columns that a list has room for: those that count most, from the first on. What is left of the
 * room goes to those that can use it.
 */
export function fitColumns(
  columns: readonly Column[],
  room: number,
  widths: Widths,
): readonly FittedColumn[] {
  const shown: FittedColumn[] = [];
  let left = room;
  for (const column of columns) {
    const width = clamped(widths[column.id] ?? column.width);
    if (shown.length > 0 && width > left) break;
    shown.push({ column, width });
    left -= width;
  }
  // A width that somebody chose stays as it is.
  const growing = shown.filter(({ column }) => widths[column.id] === undefined);
  const shares = growing.reduce((sum, { column }) => sum + (column.grow ?? 0), 0);
  if (left <= 0 || shares === 0) return shown;
  return shown.map((each) => {
    const share = widths[each.column.id] === undefined ? (each.column.grow ?? 0) : 0;
    return { ...each, width: each.width + Math.floor((left * share) / shares) };
  });
}

/** The columns somebody chose, in their order; the usual ones for null. What a kind lacks is left out. */
export function chosenColumns(
  columns: readonly Column[],
  chosen: readonly string[] | null,
): readonly Column[] {
  if (chosen === null) return columns.filter((column) => column.isChosen);
  const found = chosen.flatMap((id) => columns.filter((column) => column.id === id));
  const first = columns[0];
  // The first column says which record it is.
  return first === undefined || found.includes(first) ? found : [first, ...found];
}

function clamped(width: number): number {
  return Math.min(mostWidth, Math.max(leastWidth, width));
}
