import { type Field, type Fields, isFilled } from "./fields";
import type { Column, Rec } from "./recordKind";

/** A column as it is shown. */
export interface FittedColumn {
  column: Column;
  /** In pixels. */
  width: number;
  /** Whether it gives up room because next to none of the first rows of the list has a value in it. */
  isEmpty: boolean;
}

/** The column widths that people chose for a list, kept on their device. */
export type Widths = Readonly<Record<string, number>>;

/** The room that a list has for its columns. */
export interface ColumnRoom {
  /** In pixels. */
  width: number;
  widths: Widths;
  /** A row on a phone has two lines, with a few columns beside and below each other. */
  isPhone: boolean;
}

/** In pixels, by column: what its first rows need; 0 if next to none has a value there. */
export type Needs = ReadonlyMap<string, number>;

export const noNeeds: Needs = new Map();
export const leastWidth = 64;
const mostWidth = 800;
const onPhone = 3;

/**
 * The columns that a list has room for: the most important, from the first on, whatever the rows
 * contain. Room that is left, or that empty columns give up, goes to columns whose values are cut, one after
 * the other, and then to all that can use it.
 */
export function fitColumns(
  columns: readonly Column[],
  { width: room, widths, isPhone }: ColumnRoom,
  needs: Needs = noNeeds,
): readonly FittedColumn[] {
  if (isPhone) {
    return columns.slice(0, onPhone).map((column) => ({ column, width: column.width, isEmpty: false }));
  }
  const shown: FittedColumn[] = [];
  let left = room;
  for (const column of columns) {
    const wished = clamped(widths[column.id] ?? column.width);
    if (shown.length > 0 && wished > left) break;
    // The first is always shown, and no wider than the room.
    const width = Math.max(leastWidth, Math.min(wished, left));
    // A width that was chosen stays as it is.
    const isEmpty = widths[column.id] === undefined && needs.get(column.id) === 0;
    shown.push({ column, width, isEmpty });
    left -= width;
  }
  const settled = shown.map((each) =>
    each.isEmpty ? { ...each, width: Math.min(each.width, headingWidth(each.column.title)) } : each,
  );
  const growing = (each: FittedColumn) =>
    each.isEmpty || widths[each.column.id] !== undefined ? 0 : (each.column.grow ?? 0);
  const lack = (each: FittedColumn) =>
    growing(each) === 0 ? 0 : Math.max(0, (needs.get(each.column.id) ?? 0) - each.width);
  let spare = Math.max(0, room - sum(settled, ({ width }) => width));
  const whole = settled.map((each) => {
    const more = Math.min(spare, lack(each));
    spare -= more;
    return { ...each, width: each.width + more };
  });
  const shares = sum(whole, growing);
  if (shares === 0) return whole;
  return whole.map((each) => ({ ...each, width: each.width + Math.floor((spare * growing(each)) / shares) }));
}

/** The columns of a list that it has no room for. */
export function withoutRoom(columns: readonly Column[], room: ColumnRoom): readonly Column[] {
  return columns.slice(fitColumns(columns, room).length);
}

function sum(fitted: readonly FittedColumn[], part: (each: FittedColumn) => number): number {
  return fitted.reduce((total, each) => total + part(each), 0);
}

/** In pixels: an average character, the space around a text, and the most that one value gets. */
const character = 7;
const around = 24;
const mostNeeded = 320;
/** A column with a value in fewer than one of so many rows counts as an empty one. */
const fewest = 8;

/**
 * What a list's first rows need of its columns, as far as can be estimated: where they are empty, or nearly so, and
 * where they show texts.
 */
export function neededWidths(fields: Fields, columns: readonly Column[], records: readonly Rec[]): Needs {
  if (records.length === 0) return noNeeds;
  const needs = new Map<string, number>();
  for (const [place, { id, fields: names }] of columns.entries()) {
    const shown = names.flatMap((name) => fields.get(name) ?? []);
    if (shown.length === 0) continue;
    // Of a column that shows more than texts, it is its own text that must not be cut.
    const own = fields.get(id);
    const main = own === undefined || shown.every(isText) ? shown : [own];
    // The first column identifies the record, and a lone flag shows that it is not set.
    const isAlwaysSaid = place === 0 || (shown.length === 1 && shown[0]?.kind === "flag");
    const isKnown = records.every((record) => names.every((name) => record[name] !== undefined));
    const filled = records.filter((record) => names.some((name) => isFilled(record[name]))).length;
    if (!isAlwaysSaid && isKnown && filled * fewest < records.length) needs.set(id, 0);
    else {
      const texts = main.filter(isText);
      if (texts.length === 0) continue;
      const lengths = records.flatMap((record) => texts.map(({ name }) => String(record[name] ?? "").length));
      needs.set(id, Math.min(mostNeeded, Math.max(...lengths) * character + around));
    }
  }
  return needs;
}

function isText({ kind }: Field): boolean {
  return ["text", "email", "url"].includes(kind);
}

/** The width of a heading on two lines. */
function headingWidth(title: string): number {
  const steps = title.split(" ");
  const lengths = steps.map((_, place) =>
    Math.max(steps.slice(0, place).join(" ").length, steps.slice(place).join(" ").length),
  );
  return Math.max(leastWidth, Math.min(...lengths) * character + around);
}

/** The chosen columns, in order; the default ones for null. Columns that a kind lacks are left out. */
export function chosenColumns(
  columns: readonly Column[],
  chosen: readonly string[] | null,
): readonly Column[] {
  if (chosen === null) return columns.filter((column) => column.isChosen);
  // The first column identifies the record.
  const first = columns.slice(0, 1);
  const found = chosen.flatMap((id) => columns.filter((column) => column.id === id));
  return [...new Set([...first, ...found])];
}

function clamped(width: number): number {
  return Math.min(mostWidth, Math.max(leastWidth, width));
}
