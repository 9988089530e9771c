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
    const wished = clamped(widths[column.id] ?? column.width);
    if (shown.length > 0 && wished > left) break;
    // The first is there in every room, and no wider than that.
    const width = Math.max(leastWidth, Math.min(wished, left));
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
  // The first column says which record it is.
  const first = columns.slice(0, 1);
  const found = chosen.flatMap((id) => columns.filter((column) => column.id === id));
  return [...new Set([...first, ...found])];
}

function clamped(width: number): number {
  return Math.min(mostWidth, Math.max(leastWidth, width));
}
