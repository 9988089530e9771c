// Moving a card on a board, by pointer or by keyboard: its present place, and where it would be dropped.
// Independent of the page.

/** A column with its cards from the top. */
export interface BoardColumn {
  id: string;
  cards: readonly string[];
  /** How many cards it has in all, if that is known and more than those here. */
  total?: number;
  /** A column that takes no cards, such as one that the member may not change. */
  closed?: boolean;
}

/** A place on a board: before the card that stands there, or after the last one. */
export interface BoardPlace {
  column: string;
  place: number;
}

export interface LiftedCard {
  card: string;
  from: BoardPlace;
  to: BoardPlace;
}

/** Lifts a card from its place; null for one that is not on the board. */
export function liftCard(board: readonly BoardColumn[], card: string): LiftedCard | null {
  for (const column of board) {
    const place = column.cards.indexOf(card);
    if (place !== -1) {
      const from = { column: column.id, place };
      return { card, from, to: from };
    }
  }
  return null;
}

/** How many cards a column has, including the lifted one if it is there. */
export function countWith(column: BoardColumn, { from }: LiftedCard): number {
  const isNew = column.id !== from.column;
  const all = Math.max(column.total ?? 0, column.cards.length);
  return all + (isNew ? 1 : 0);
}

/** Whether a lifted card has left its original place. */
export function hasMoved({ from, to }: LiftedCard): boolean {
  return from.column !== to.column || from.place !== to.place;
}

/** The cards of a column without the lifted one. */
function others(column: BoardColumn, lifted: LiftedCard): readonly string[] {
  return column.cards.filter((card) => card !== lifted.card);
}

/** A lifted card at another place, as far as the board reaches; unchanged if it may not go there. */
export function cardAt(
  board: readonly BoardColumn[],
  lifted: LiftedCard,
  to: BoardPlace,
): LiftedCard {
  const column = board.find((each) => each.id === to.column);
  if (column === undefined) return lifted;
  if (column.closed === true && column.id !== lifted.from.column) return lifted;
  const place = Math.min(Math.max(to.place, 0), others(column, lifted).length);
  return { ...lifted, to: { column: column.id, place } };
}

/**
 * One step by an arrow: within the column, or at the same height to the next column that takes cards.
 *
 * @param perRow - how many columns stand in a row, if they stand in rows: then up and down lead to another row
 */
export function cardStep(
  board: readonly BoardColumn[],
  lifted: LiftedCard,
  step: "up" | "down" | "before" | "after",
  perRow?: number,
): LiftedCard {
  const { column, place } = lifted.to;
  if (perRow !== undefined) {
    const steps = { up: -perRow, down: perRow, before: -1, after: 1 }[step];
    const next = board[board.findIndex((each) => each.id === column) + steps]?.id ?? column;
    return cardAt(board, lifted, { column: next, place: next === lifted.from.column ? lifted.from.place : 0 });
  }
  if (step === "up" || step === "down") {
    return cardAt(board, lifted, { column, place: place + (step === "up" ? -1 : 1) });
  }
  const direction = step === "before" ? -1 : 1;
  let at = board.findIndex((each) => each.id === column) + direction;
  for (; at >= 0 && at < board.length; at += direction) {
    const next = board[at];
    if (next === undefined) break;
    if (next.closed !== true || next.id === lifted.from.column) {
      return cardAt(board, lifted, { column: next.id, place });
    }
  }
  return lifted;
}

/** The card that a place is before; null at the end of its column. */
export function cardAfter(board: readonly BoardColumn[], lifted: LiftedCard): string | null {
  const column = board.find((each) => each.id === lifted.to.column);
  return column === undefined ? null : (others(column, lifted)[lifted.to.place] ?? null);
}

/** The board as it would look after a drop. */
export function boardWhile(
  board: readonly BoardColumn[],
  lifted: LiftedCard | null,
): readonly BoardColumn[] {
  if (lifted === null || !hasMoved(lifted)) return board;
  return board.map((column) => {
    const cards = [...others(column, lifted)];
    if (column.id === lifted.to.column) cards.splice(lifted.to.place, 0, lifted.card);
    return cards.length === column.cards.length && column.id !== lifted.to.column
      ? column
      : { ...column, cards };
  });
}
