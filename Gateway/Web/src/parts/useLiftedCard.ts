import { useEffect, useRef, useState } from "react";
import { countWith, liftCard, type LiftedCard } from "../core/boardMoves";
import { words } from "../words/moving";
import type { BoardSetup, CardMoves } from "./useCardMoves";

export type CardInHand = ReturnType<typeof useLiftedCard>;

/** The lifted card: where it is, and how it is dropped. */
export function useLiftedCard({ perRow, cardName, columnName, onPick }: BoardSetup, moves: CardMoves) {
  const [lifted, setLifted] = useState<LiftedCard | null>(null);
  const held = useRef<LiftedCard | null>(null);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);

  const hold = (next: LiftedCard | null) => {
    held.current = next;
    setLifted(next);
  };
  const lift = (card: string) => {
    const next = liftCard(moves.now(), card);
    if (next === null) return;
    onPick?.(card);
    hold(next);
    moves.forgive(card);
    moves.say(words.board.lifted(cardName(card), columnName(next.from.column)));
  };
  const carry = (next: LiftedCard) => {
    const { current } = held;
    if (current === null || (current.card === next.card && isSamePlace(current, next))) return;
    hold(next);
    const column = moves.now().find((each) => each.id === next.to.column);
    const count = column === undefined ? 0 : countWith(column, next);
    const name = columnName(next.to.column);
    if (perRow !== undefined) return moves.say(words.board.over(cardName(next.card), name));
    moves.say(words.board.moved(cardName(next.card), name, next.to.place + 1, count));
  };
  const settle = (isDropped: boolean) => {
    stop.current();
    const { current } = held;
    if (current === null) return;
    hold(null);
    if (isDropped) moves.drop(current);
    else moves.giveBack(current);
  };
  // A pointer is followed for longer than one render.
  const settleNow = useRef(settle);
  settleNow.current = settle;
  return {
    /** As it is shown. */
    lifted,
    /** Its present state, rendered or not. */
    held: () => held.current,
    lift,
    carry,
    /** Drops it, or puts it back. */
    settle: (isDropped: boolean) => settleNow.current(isDropped),
    /** Stops following the pointer. */
    letGo: () => stop.current(),
    /** Sets how to stop following the pointer, once the card is settled or the board is gone. */
    onLetGo: (end: () => void) => {
      stop.current = end;
    },
  };
}

function isSamePlace(before: LiftedCard, after: LiftedCard): boolean {
  return before.to.column === after.to.column && before.to.place === after.to.place;
}
