// Where a list has room that floats at a field of a dialog.

/** Pixels that stay free at the edges of the window. */
export const edge = 8;

/** A list that has less than this is better off over the actions: three choices in a tiny window. */
const leastHeight = 132;

export interface Room {
  /** Pixels that stay free at the lower edge of the window. */
  below: number;
  /** Pixels that the list may be high. */
  height: number;
}

/** The room of what no actions stand below. */
export const wholeWindow: Room = { below: edge, height: 9999 };

/**
 * The room above or below a field, whichever is larger, that leaves the actions of its dialog free.
 *
 * @param field - that the list belongs to
 * @param foot - where the actions begin
 * @param end - the lower edge of the window
 * @param gap - pixels between a list and what it floats at
 */
export function roomBeside(field: { top: number; bottom: number }, foot: number, end: number, gap: number): Room {
  const height = Math.max(field.top - gap - edge, foot - field.bottom - 2 * gap);
  return height < leastHeight ? wholeWindow : { below: end - foot + gap, height };
}

/** The room of a list at a field, wherever it is. */
export function roomOf(field: Element, gap: number): Room {
  const foot = field.closest("dialog")?.querySelector(".dialog-foot, .sheet-foot");
  if (!foot || foot.contains(field)) return wholeWindow;
  return roomBeside(field.getBoundingClientRect(), foot.getBoundingClientRect().top, innerHeight, gap);
}
