import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  boardWhile,
  type BoardColumn,
  cardAfter,
  cardAt,
  cardStep,
  countWith,
  hasMoved,
  liftCard,
  type LiftedCard,
} from "../src/core/boardMoves";

const board: BoardColumn[] = [
  { id: "new", cards: ["a", "b", "c"] },
  { id: "shut", cards: ["x"], closed: true },
  { id: "won", cards: ["d"] },
  { id: "lost", cards: [] },
];

function lifted(card: string): LiftedCard {
  const found = liftCard(board, card);
  if (found === null) throw new Error(`no card ${card}`);
  return found;
}

describe("A card of columns that stand in rows", () => {
  const days: BoardColumn[] = ["1", "2", "3", "4", "5", "6"].map((id) => ({ id, cards: id === "2" ? ["a", "b"] : [] }));
  const held: LiftedCard = { card: "b", from: { column: "2", place: 1 }, to: { column: "2", place: 1 } };
  const at = (...steps: ("up" | "down" | "before" | "after")[]) =>
    steps.reduce((card, step) => cardStep(days, card, step, 3), held).to;

  test("goes from row to row, and from the end of one to the beginning of the next", () => {
    assert.deepEqual(at("down"), { column: "5", place: 0 });
    assert.deepEqual(at("after", "after"), { column: "4", place: 0 });
    assert.deepEqual(at("down", "up"), { column: "2", place: 1 });
  });

  test("stays where there is no further row", () => {
    assert.deepEqual(at("up"), { column: "2", place: 1 });
    assert.deepEqual(at("down", "down"), { column: "5", place: 0 });
  });
});

describe("A column that is more than what is loaded of it", () => {
  const column = { id: "b", cards: ["x", "y"], total: 640 };
  const place = (column: string) => ({ column, place: 0 });

  test("counts all its cards, and a card that comes in besides", () => {
    const carried = { card: "c", from: place("a"), to: place("b") };
    assert.equal(countWith(column, carried), 641);
    assert.equal(countWith(column, { card: "x", from: place("b"), to: place("b") }), 640);
    assert.equal(countWith({ id: "b", cards: ["x"] }, carried), 2);
  });
});

describe("A card of a board", () => {
  test("is lifted where it stands", () => {
    assert.deepEqual(lifted("b").from, { column: "new", place: 1 });
    assert.equal(hasMoved(lifted("b")), false);
    assert.equal(liftCard(board, "nothing"), null);
  });

  test("goes up and down within its column and stops at its ends", () => {
    const down = cardStep(board, lifted("b"), "down");
    assert.deepEqual(down.to, { column: "new", place: 2 });
    assert.deepEqual(cardStep(board, down, "down").to, { column: "new", place: 2 });
    assert.equal(cardAfter(board, down), null);
    const up = cardStep(board, lifted("b"), "up");
    assert.equal(cardAfter(board, up), "a");
    assert.deepEqual(cardStep(board, up, "up").to, up.to);
  });

  test("goes to the next column that takes cards, as high as it fits", () => {
    const over = cardStep(board, lifted("c"), "after");
    assert.deepEqual(over.to, { column: "won", place: 1 });
    const last = cardStep(board, over, "after");
    assert.deepEqual(last.to, { column: "lost", place: 0 });
    assert.deepEqual(cardStep(board, last, "after"), last);
    assert.deepEqual(cardStep(board, cardStep(board, last, "before"), "before").to.column, "new");
  });

  test("may not go into a closed column, but comes back to its own", () => {
    const card = lifted("a");
    assert.deepEqual(cardAt(board, card, { column: "shut", place: 0 }), card);
    assert.deepEqual(cardAt(board, card, { column: "nowhere", place: 0 }), card);
    const away = cardStep(board, lifted("x"), "after");
    assert.deepEqual(away.to, { column: "won", place: 0 });
    assert.deepEqual(cardStep(board, away, "before").to, { column: "shut", place: 0 });
  });

  test("is shown where it would be dropped", () => {
    const over = cardAt(board, lifted("a"), { column: "won", place: 0 });
    assert.deepEqual(
      boardWhile(board, over).map((column) => column.cards),
      [["b", "c"], ["x"], ["a", "d"], []],
    );
    assert.equal(cardAfter(board, over), "d");
    assert.equal(boardWhile(board, lifted("a")), board);
    assert.equal(boardWhile(board, null), board);
  });
});
