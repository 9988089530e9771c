import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MergedPages } from "../src/core/mergedPages";
import type { Page } from "../src/core/types";

/** A list in pages, from the highest number down; its tokens are places in it. */
function list(pages: readonly (readonly number[])[], asked: string[] = [], failing: number[] = []) {
  return async (token: string): Promise<Page<number>> => {
    asked.push(token);
    const place = token === "" ? 0 : Number(token);
    if (failing.length > 0 && failing[0] === place) {
      failing.shift();
      throw new Error("away");
    }
    const next = place + 1 < pages.length ? String(place + 1) : "";
    return { rows: [...(pages[place] ?? [])], next };
  };
}

const falling = (one: number, other: number) => one > other;

describe("Lists that are shown as one", () => {
  test("stand in one order, page after page, each row once", async () => {
    const merged = new MergedPages([list([[9, 6], [5, 1]]), list([[8, 7], [4]])], falling);
    const all: number[] = [];
    let page = await merged.more();
    assert.deepEqual(page.rows, [9, 8, 7]);
    for (all.push(...page.rows); page.next !== ""; all.push(...page.rows)) page = await merged.more();
    assert.deepEqual(all, [9, 8, 7, 6, 5, 4, 1]);
  });

  test("load no page before it is needed", async () => {
    const asked: string[] = [];
    const merged = new MergedPages([list([[9], [8]], asked), list([[1]])], falling);
    await merged.more();
    assert.deepEqual(asked, [""]);
  });

  test("are one list where there is one, and none where all are empty", async () => {
    assert.deepEqual(await new MergedPages([list([[2, 1]])], falling).more(), { rows: [2, 1], next: "" });
    assert.deepEqual(await new MergedPages([list([[]]), list([[]])], falling).more(), { rows: [], next: "" });
  });

  test("go on where they were after one of them failed", async () => {
    const merged = new MergedPages([list([[9], [5]], [], [1]), list([[8, 7]])], falling);
    assert.deepEqual((await merged.more()).rows, [9]);
    await assert.rejects(merged.more(), (error) => error instanceof Error && error.message === "away");
    assert.deepEqual(await merged.more(), { rows: [8, 7, 5], next: "" });
  });
});
