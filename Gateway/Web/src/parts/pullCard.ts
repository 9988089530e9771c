import type { PointerEvent } from "react";
import { cardAt } from "../core/boardMoves";
import { boardPlaceAt, cardElement, columnAt } from "./boardElements";
import { followPointer } from "./followPointer";
import { liftGhost } from "./ghost";
import type { CardMoves } from "./useCardMoves";
import type { CardInHand } from "./useLiftedCard";

/** In pixels: a shorter pull does not move the card. */
const pullDistance = 4;

/**
 * Follows the pointer from a press on a card: the card is lifted after a short pull, and dropped where the
 * pointer is released.
 *
 * @param atOnce - whether the press has no other meaning
 */
export function pullCard(
  event: PointerEvent,
  card: string,
  atOnce: boolean,
  moves: CardMoves,
  hand: CardInHand,
): void {
  if (event.button !== 0 || hand.held() !== null || event.defaultPrevented) return;
  const element = cardElement(card);
  if (element === null) return;
  if (atOnce) event.preventDefault();
  const start = { x: event.clientX, y: event.clientY };
  let at = start;
  let ghost: ReturnType<typeof liftGhost> | null = null;
  const unfollow = followPointer(event.pointerId, {
    near: () => columnAt(at.x, at.y) ?? element,
    move: ({ clientX, clientY }) => {
      at = { x: clientX, y: clientY };
      const isFar = Math.hypot(clientX - start.x, clientY - start.y) > pullDistance;
      if (ghost === null) {
        if (!isFar) return;
        hand.lift(card);
        ghost = liftGhost(element, start.x, start.y);
      }
      ghost.moveTo(clientX, clientY);
      const held = hand.held();
      const to = boardPlaceAt(clientX, clientY, card);
      if (held !== null && to !== null) hand.carry(cardAt(moves.now(), held, to));
    },
    end: (isDropped) => (ghost === null ? hand.letGo() : hand.settle(isDropped)),
  });
  hand.onLetGo(() => {
    unfollow();
    ghost?.drop();
  });
}
