import {
  type KeyboardEvent,
  type PointerEvent as ReactPointerEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import {
  type BoardColumn,
  boardWhile,
  cardAfter,
  cardAt,
  cardStep,
  countWith,
  hasMoved,
  liftCard,
  type LiftedCard,
} from "../core/boardMoves";
import { explainInLine } from "../core/problem";
import { words } from "../words/parts";
import { boardPlaceAt, cardElement, columnAt, isControl } from "./boardElements";
import { followPointer } from "./followPointer";
import { liftGhost } from "./ghost";
import type { MenuItem } from "./Menu";

interface Setup {
  columns: readonly BoardColumn[];
  cardName: (card: string) => string;
  columnName: (column: string) => string;
  /**
   * Moves a card; where it rejects, the card goes back and the reason stands at it.
   *
   * @param before - the card it comes to stand before; null at the end of the column
   */
  onMove: (card: string, column: string, before: string | null) => Promise<void>;
}

export interface BoardDrag {
  /** The columns as they look now: moves that are on their way are done already. */
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
    onPointerDown: (event: ReactPointerEvent) => void;
  };
  /** For the button in a card that is its handle, for fingers and for the keyboard. */
  handle: (card: string) => {
    "data-handle": "";
    "aria-label": string;
    "aria-describedby": string;
    "aria-pressed": boolean;
    onPointerDown: (event: ReactPointerEvent) => void;
    onKeyDown: (event: KeyboardEvent) => void;
  };
  /** "Move to…": the other columns. */
  menu: (card: string) => MenuItem[];
  /** What happens, for the live region. */
  says: string;
  /** The id of the text that says how to use a handle; it is `words.board.help`. */
  helpId: string;
}

/**
 * Moves cards between the columns of a board. Pointer: pull a card or its handle. Keyboard, at the
 * handle: Space lifts, arrows move, Space or Enter drops, Esc gives back.
 */
export function useBoardDrag(setup: Setup): BoardDrag {
  const { cardName, columnName, onMove } = setup;
  const [lifted, setLifted] = useState<LiftedCard | null>(null);
  const [pending, setPending] = useState<readonly LiftedCard[]>([]);
  const [refusals, setRefusals] = useState<ReadonlyMap<string, string>>(new Map());
  const [says, setSays] = useState("");
  const held = useRef<LiftedCard | null>(null);
  const focused = useRef<string | null>(null);
  const stop = useRef<() => void>(() => undefined);
  const helpId = useId();
  const columns = pending.reduce(boardWhile, setup.columns);
  const latest = useRef(columns);
  latest.current = columns;

  const hold = (next: LiftedCard | null) => {
    held.current = next;
    setLifted(next);
  };
  const begin = (card: string) => {
    const next = liftCard(latest.current, card);
    if (next === null) return;
    hold(next);
    setRefusals((before) => without(before, card));
    setSays(words.board.lifted(cardName(card), columnName(next.from.column)));
  };
  const carry = (next: LiftedCard) => {
    const { current } = held;
    if (current === null || (!hasMovedFrom(current, next) && next.card === current.card)) return;
    hold(next);
    const column = latest.current.find((each) => each.id === next.to.column);
    const count = column === undefined ? 0 : countWith(column, next);
    const name = columnName(next.to.column);
    setSays(words.board.moved(cardName(next.card), name, next.to.place + 1, count));
  };
  const move = (done: LiftedCard) => {
    setPending((before) => [...before, done]);
    setSays(words.board.dropped(cardName(done.card), columnName(done.to.column)));
    const settled = () => setPending((before) => before.filter((each) => each !== done));
    onMove(done.card, done.to.column, cardAfter(latest.current, done)).then(settled, (error) => {
      if (cardElement(done.card)?.contains(document.activeElement)) focused.current = done.card;
      settled();
      const reason = explainInLine(error);
      setRefusals((before) => new Map(before).set(done.card, reason));
      setSays(words.board.refused(cardName(done.card), reason));
    });
  };
  const settle = (dropped: boolean) => {
    stop.current();
    const { current } = held;
    if (current === null) return;
    hold(null);
    focused.current = current.card;
    if (dropped && hasMoved(current)) move(current);
    else setSays(words.board.gaveBack(cardName(current.card)));
  };
  const settleNow = useRef(settle);
  settleNow.current = settle;

  // A card that changed its column is another element, so that focus is lost.
  useLayoutEffect(() => {
    const card = focused.current;
    focused.current = null;
    if (card !== null) cardElement(card)?.querySelector<HTMLElement>("[data-handle]")?.focus();
  });
  useEffect(() => () => stop.current(), []);

  const pull = (event: ReactPointerEvent, card: string, atOnce: boolean) => {
    if (event.button !== 0 || held.current !== null || event.defaultPrevented) return;
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
        const far = Math.hypot(clientX - start.x, clientY - start.y) > pullDistance;
        if (ghost === null) {
          if (!far) return;
          begin(card);
          ghost = liftGhost(element, start.x, start.y);
        }
        ghost.moveTo(clientX, clientY);
        const { current } = held;
        const to = boardPlaceAt(clientX, clientY, card);
        if (current !== null && to !== null) carry(cardAt(latest.current, current, to));
      },
      end: (dropped) => (ghost === null ? stop.current() : settleNow.current(dropped)),
    });
    stop.current = () => {
      unfollow();
      ghost?.drop();
    };
  };
  const press = (event: KeyboardEvent, card: string) => {
    const { current } = held;
    const step = steps[event.key];
    if (current?.card !== card) {
      if (event.key !== " ") return;
      begin(card);
    } else if (step !== undefined) carry(cardStep(latest.current, current, step));
    else if (event.key === " " || event.key === "Enter") settle(true);
    else if (event.key === "Escape") settle(false);
    else if (event.key === "Tab") return settle(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    columns,
    isLifted: lifted !== null,
    says,
    helpId,
    gap: lifted === null ? null : { column: lifted.to.column, before: cardAfter(columns, lifted) },
    refusal: (card) => refusals.get(card),
    column: (column) => ({ "data-column": column }),
    card: (card) => ({
      "data-card": card,
      "data-lifted": lifted?.card === card ? "" : undefined,
      onPointerDown: (event) => {
        if (event.pointerType === "mouse" && !isControl(event.target)) pull(event, card, false);
      },
    }),
    handle: (card) => ({
      "data-handle": "",
      "aria-label": words.board.handle(cardName(card)),
      "aria-describedby": helpId,
      "aria-pressed": lifted?.card === card,
      onPointerDown: (event) => {
        (event.currentTarget as HTMLElement).focus();
        pull(event, card, true);
      },
      onKeyDown: (event) => press(event, card),
    }),
    menu: (card) => {
      const at = liftCard(columns, card);
      return columns
        .filter((each) => each.id !== at?.from.column)
        .map((each) => ({
          label: columnName(each.id),
          disabled: each.closed === true,
          run: () => {
            if (at === null) return;
            focused.current = card;
            move(cardAt(columns, at, { column: each.id, place: 0 }));
          },
        }));
    },
  };
}

const pullDistance = 4;
const steps: Record<string, "up" | "down" | "before" | "after" | undefined> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "before",
  ArrowRight: "after",
};

function hasMovedFrom(before: LiftedCard, after: LiftedCard): boolean {
  return before.to.column !== after.to.column || before.to.place !== after.to.place;
}

function without(map: ReadonlyMap<string, string>, key: string): ReadonlyMap<string, string> {
  return new Map([...map].filter(([each]) => each !== key));
}
