// Finds the columns and cards of a board in the page.

import type { BoardPlace } from "../core/boardMoves";
import { dropPlace } from "../core/sorting";

export function cardElement(card: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-card="${CSS.escape(card)}"]`);
}

/** The column at a point of the window; null if there is none. */
export function columnAt(x: number, y: number): HTMLElement | null {
  return document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-column]") ?? null;
}

/** The column that the pointer is over, or next to, and the place among its other cards. */
export function boardPlaceAt(x: number, y: number, lifted: string): BoardPlace | null {
  const all = [...document.querySelectorAll<HTMLElement>("[data-column]")];
  const distance = (element: HTMLElement) => {
    const box = element.getBoundingClientRect();
    return Math.hypot(Math.max(box.left - x, x - box.right, 0), Math.max(box.top - y, y - box.bottom, 0));
  };
  const column = all.sort((a, b) => distance(a) - distance(b))[0];
  if (column === undefined) return null;
  const middles = [...column.querySelectorAll<HTMLElement>("[data-card]")]
    .filter((card) => card.dataset["card"] !== lifted)
    .map((card) => card.getBoundingClientRect())
    .map((box) => box.top + box.height / 2);
  return { column: column.dataset["column"] ?? "", place: dropPlace(middles, y) };
}

/** Whether a press is for a button or a field in a card. */
export function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest("button, input, select, textarea") !== null;
}
