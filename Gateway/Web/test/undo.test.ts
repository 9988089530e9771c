import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { NoticeBoard } from "../src/core/notices";
import { UndoStack } from "../src/core/undo";

describe("Undo", () => {
  test("takes back the newest change first", async () => {
    const stack = new UndoStack();
    const undone: string[] = [];
    for (const label of ["a", "b", "c"]) {
      stack.push(label, async () => {
        undone.push(label);
      });
    }
    await stack.undo();
    await stack.undo();
    assert.deepEqual(undone, ["c", "b"]);
    assert.equal(stack.latest()?.label, "a");
  });

  test("takes back a named change, once", async () => {
    const stack = new UndoStack();
    let times = 0;
    const entry = stack.push("a", async () => {
      times += 1;
    });
    stack.push("b", async () => undefined);
    await stack.undo(entry.id);
    assert.equal(await stack.undo(entry.id), null);
    assert.equal(times, 1);
    assert.equal(stack.latest()?.label, "b");
  });

  test("forgets a change that could not be taken back", async () => {
    const stack = new UndoStack();
    stack.push("a", () => Promise.reject(new Error("changed since")));
    await assert.rejects(stack.undo(), () => true);
    assert.equal(stack.latest(), null);
  });

  test("remembers no more than its limit", async () => {
    const stack = new UndoStack(2);
    for (const label of ["a", "b", "c"]) stack.push(label, async () => undefined);
    await stack.undo();
    await stack.undo();
    assert.equal(stack.latest(), null);
  });
});

describe("What is said of a record that is gone", () => {
  test("is dropped from the notices and from what can be taken back", () => {
    const board = new NoticeBoard();
    const stack = new UndoStack();
    for (const about of ["lead_1", "lead_2"]) {
      board.done(`${about} changed`, null, about);
      stack.push(about, async () => undefined, about);
    }
    board.forget("lead_2");
    stack.forget("lead_2");
    assert.deepEqual(
      board.shown().map((notice) => notice.text),
      ["lead_1 changed"],
    );
    assert.equal(stack.latest()?.about, "lead_1");
  });
});

describe("Notices", () => {
  test("make room for newer ones and can be dismissed", () => {
    const board = new NoticeBoard(2);
    board.done("a");
    board.failed("b");
    board.done("c");
    assert.deepEqual(
      board.shown().map((notice) => notice.text),
      ["b", "c"],
    );
    board.dismiss(board.shown()[0]?.id ?? 0);
    assert.deepEqual(
      board.shown().map((notice) => notice.text),
      ["c"],
    );
  });
});
