import { type KeyboardEvent, type PointerEvent, useId } from "react";
import { type BoardColumn, cardAfter, cardAt, cardStep, liftCard } from "../core/boardMoves";
import { words } from "../words/moving";
import { isControl } from "./boardElements";
import type { MenuItem } from "./Menu";
import { pullCard } from "./pullCard";
import { type BoardSetup, type CardMoves, useCardMoves } from "./useCardMoves";
import { type CardInHand, useLiftedCard } from "./useLiftedCard";

export interface BoardDrag {
  /** The columns as they look now: pending moves are already applied. */
  columns: readonly BoardColumn[];
  /** Whether a card is lifted. */
  isLifted: boolean;
  /** Where a lifted card would be dropped: shown as a gap before that card, or at the end. */
  gap: { column: string; before: string | null } | null;
  /** Why a card went back; undefined when it did not. */
  refusal: (card: string) => string | undefined;
  /** For the element of a column, which holds those of its cards. */
  column: (column: string) => { "data-column": string };
  /** For the element of a card; a mouse lifts it anywhere. */
  card: (card: string) => {
    "data-card": string;
    "data-lifted": "" | undefined;
    onPointerDown: (event: PointerEvent) => void;
  };
  /** For the button in a card that is its handle, for fingers and for the keyboard. */
  handle: (card: string) => {
    "data-handle": "";
    "aria-label": string;
    "aria-describedby": string;
    "aria-pressed": boolean;
    onPointerDown: (event: PointerEvent) => void;
    onKeyDown: (event: KeyboardEvent) => void;
  };
  /** "Move to…": the other columns. */
  menu: (card: string) => MenuItem[];
  /** The message for the live region. */
  says: string;
  /** The id of the text that says how to use a handle; it is `words.board.help`. */
  helpId: string;
}

/**
 * Moves cards between the columns of a board. Pointer: pull a card or its handle. Keyboard, at the
 * handle: Space lifts, arrows move, Space or Enter drops, Esc puts it back.
 */
export function useBoardDrag(setup: BoardSetup): BoardDrag {
  const moves = useCardMoves(setup);
  const hand = useLiftedCard(setup, moves);
  const helpId = useId();
  const { columns } = moves;
  const { lifted } = hand;
  return {
    columns,
    isLifted: lifted !== null,
    says: moves.says,
    helpId,
    gap: lifted === null ? null : { column: lifted.to.column, before: cardAfter(columns, lifted) },
    refusal: (card) => moves.refusals.get(card),
    column: (column) => ({ "data-column": column }),
    card: (card) => ({
      "data-card": card,
      "data-lifted": lifted?.card === card ? "" : undefined,
      onPointerDown: (event) => {
        const isMouse = event.pointerType === "mouse";
        if (isMouse && !isControl(event.target)) pullCard(event, card, false, moves, hand);
      },
    }),
    handle: (card) => ({
      "data-handle": "",
      "aria-label": words.board.handle(setup.cardName(card)),
      "aria-describedby": helpId,
      "aria-pressed": lifted?.card === card,
      onPointerDown: (event) => {
        (event.currentTarget as HTMLElement).focus();
        pullCard(event, card, true, moves, hand);
      },
      onKeyDown: (event) => pressHandle(event, card, setup.perRow, moves, hand),
    }),
    menu: (card) => menuOf(card, setup, moves),
  };
}

const steps: Record<string, "up" | "down" | "before" | "after" | undefined> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "before",
  ArrowRight: "after",
};

/** A key at the handle of a card. */
function pressHandle(
  event: KeyboardEvent,
  card: string,
  perRow: number | undefined,
  moves: CardMoves,
  hand: CardInHand,
): void {
  const held = hand.held();
  const step = steps[event.key];
  if (held?.card !== card) {
    if (event.key !== " ") return;
    hand.lift(card);
  } else if (step !== undefined) hand.carry(cardStep(moves.now(), held, step, perRow));
  else if (event.key === " " || event.key === "Enter") hand.settle(true);
  else if (event.key === "Escape") hand.settle(false);
  else if (event.key === "Tab") return hand.settle(true);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** The other columns; a card moves to their top. */
function menuOf(card: string, { columnName, onPick }: BoardSetup, { columns, drop }: CardMoves): MenuItem[] {
  const at = liftCard(columns, card);
  return columns
    .filter((each) => each.id !== at?.from.column)
    .map((each) => ({
      label: columnName(each.id),
      disabled: each.closed === true,
      run: () => {
        if (at === null) return;
        onPick?.(card);
        drop(cardAt(columns, at, { column: each.id, place: 0 }));
      },
    }));
}
