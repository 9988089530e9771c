import { useLayoutEffect, useRef, useState } from "react";
import { type BoardColumn, boardWhile, cardAfter, hasMoved, type LiftedCard } from "../core/boardMoves";
import { explainInLine, GivenUp } from "../core/problem";
import { words } from "../words/moving";
import { cardElement } from "./boardElements";

/** A board with movable cards. */
export interface BoardSetup {
  columns: readonly BoardColumn[];
  /** How many columns stand in a row, if they stand in rows; their cards have an order of their own. */
  perRow?: number;
  cardName: (card: string) => string;
  columnName: (column: string) => string;
  /**
   * Moves a card; if it rejects, the card goes back and shows the reason.
   *
   * @param before - the card to place it before; null for the end of the column
   * @param from - the column that it was picked up from
   */
  onMove: (card: string, column: string, before: string | null, from: string) => Promise<void>;
  /** Called when a card is picked up to be moved. */
  onPick?: (card: string) => void;
}

export type CardMoves = ReturnType<typeof useCardMoves>;

/** Pending moves of cards, their outcomes, and the messages about them. */
export function useCardMoves({ columns: given, cardName, columnName, onMove }: BoardSetup) {
  const [pending, setPending] = useState<readonly LiftedCard[]>([]);
  const [refusals, setRefusals] = useState<ReadonlyMap<string, string>>(new Map());
  const [says, say] = useState("");
  const focus = useCardFocus();
  const columns = pending.reduce(boardWhile, given);
  const latest = useRef(columns);
  latest.current = columns;

  const refuse = (card: string, error: unknown) => {
    const reason = explainInLine(error);
    setRefusals((before) => new Map(before).set(card, reason));
    say(words.board.refused(cardName(card), reason));
  };
  const move = (done: LiftedCard) => {
    const { card, from, to } = done;
    setPending((before) => [...before, done]);
    say(words.board.dropped(cardName(card), columnName(to.column)));
    const settled = () => setPending((before) => before.filter((each) => each !== done));
    onMove(card, to.column, cardAfter(latest.current, done), from.column).then(settled, (error: unknown) => {
      if (cardElement(card)?.contains(document.activeElement)) focus(card);
      settled();
      if (error instanceof GivenUp) say(words.board.gaveBack(cardName(card)));
      else refuse(card, error);
    });
  };
  return {
    /** The columns as they look now: pending moves are already applied. */
    columns,
    /** The same at any time, for code that runs between renders. */
    now: () => latest.current,
    says,
    say,
    refusals,
    /** Forgets why a card went back. */
    forgive: (card: string) => setRefusals((before) => new Map([...before].filter(([each]) => each !== card))),
    /** Moves a card to where it was dropped, unless it came from there. */
    drop: (done: LiftedCard) => {
      focus(done.card);
      if (hasMoved(done)) move(done);
      else say(words.board.gaveBack(cardName(done.card)));
    },
    /** Leaves a card where it came from. */
    giveBack: ({ card }: LiftedCard) => {
      focus(card);
      say(words.board.gaveBack(cardName(card)));
    },
  };
}

/** Focuses the handle of a card that changed its column, where it is another element. */
function useCardFocus(): (card: string) => void {
  const focused = useRef<string | null>(null);
  useLayoutEffect(() => {
    const card = focused.current;
    focused.current = null;
    if (card !== null) cardElement(card)?.querySelector<HTMLElement>("[data-handle]")?.focus();
  });
  return (card) => {
    focused.current = card;
  };
}
