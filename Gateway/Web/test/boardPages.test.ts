import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type AnsweredColumn, BoardPages } from "../src/core/boardPages";
import { settled } from "./store";

interface Asked {
  after: { key: string; token: string } | null;
  answer: (...columns: AnsweredColumn<number>[]) => Promise<void>;
  fail: () => Promise<void>;
}

function board() {
  const asked: Asked[] = [];
  const pages = new BoardPages<number>(
    (after) =>
      new Promise((resolve, reject) => {
        asked.push({
          after,
          answer: (...columns) => {
            resolve(columns);
            return settled();
          },
          fail: () => {
            reject(new Error("away"));
            return settled();
          },
        });
      }),
  );
  const next = (): Asked => {
    const first = asked.shift();
    if (first === undefined) throw new Error("nothing was asked");
    return first;
  };
  return { pages, asked, next };
}

const column = (key: string, ids: string[], sums: number, total = ids.length): AnsweredColumn<number> => ({
  key,
  page: { ids, next: total > ids.length ? `after ${key}` : "", previous: "", total, more: false },
  sums,
});

async function loaded() {
  const all = board();
  const [fresh, won] = [all.pages.list("new"), all.pages.list("won")];
  fresh.want(0, 20);
  won.want(0, 20);
  await all.next().answer(column("new", ["a", "b"], 3), column("won", ["c"], 5));
  return { ...all, fresh, won };
}

describe("A board that one call answers", () => {
  test("is asked for once, however many columns it has", async () => {
    const { asked, fresh, won, pages } = await loaded();
    assert.equal(asked.length, 0);
    assert.deepEqual([fresh.known, won.known], [["a", "b"], ["c"]]);
    assert.deepEqual([pages.sumsOf("new"), pages.sumsOf("won"), pages.sumsOf("lost")], [3, 5, undefined]);
  });

  test("is asked for again in one call when something changed, and tells its new sums", async () => {
    const { asked, fresh, won, pages, next } = await loaded();
    const version = pages.version();
    let heard = 0;
    pages.subscribe(() => (heard += 1));
    pages.changed();
    assert.equal(asked.length, 1);
    await next().answer(column("new", ["b"], 1), column("won", ["a", "c"], 7));
    assert.deepEqual([fresh.known, won.known], [["b"], ["a", "c"]]);
    assert.equal(pages.sumsOf("won"), 7);
    assert.equal(heard, 1);
    assert.notEqual(pages.version(), version);
  });

  test("is asked for once more when something changes while an answer is on its way", async () => {
    const { asked, won, pages, next } = await loaded();
    pages.changed();
    await settled();
    pages.changed();
    assert.equal(asked.length, 1);
    await next().answer(column("new", [], 0), column("won", ["old"], 1));
    assert.equal(asked.length, 1);
    await next().answer(column("new", [], 0), column("won", ["newer"], 2));
    assert.deepEqual(won.known, ["newer"]);
    assert.equal(asked.length, 0);
  });

  test("goes on column by column", async () => {
    const { pages, next, asked } = board();
    const list = pages.list("new");
    list.want(0, 20);
    await next().answer(column("new", ["a"], 9, 3));
    const { after, answer } = next();
    assert.deepEqual(after, { key: "new", token: "after new" });
    await answer({ ...column("new", ["b", "c"], 9), page: { ...column("new", ["b", "c"], 9).page, total: 3 } });
    assert.deepEqual(list.known, ["a", "b", "c"]);
    assert.equal(asked.length, 0);
  });

  test("fails in every column, each of which can be tried again", async () => {
    const { pages, next, asked } = board();
    const [fresh, won] = [pages.list("new"), pages.list("won")];
    fresh.want(0, 20);
    won.want(0, 20);
    await next().fail();
    assert.deepEqual([fresh.view().state, won.view().state], ["failed", "failed"]);
    fresh.retry();
    won.retry();
    assert.equal(asked.length, 1);
    await next().answer(column("new", ["a"], 1), column("won", [], 0));
    assert.deepEqual(fresh.known, ["a"]);
  });

  test("shows a column that is not in the answer as empty", async () => {
    const { pages, next } = board();
    const list = pages.list("gone");
    list.want(0, 20);
    await next().answer(column("new", ["a"], 1));
    assert.equal(list.view().state, "ready");
    assert.equal(list.view().total, 0);
  });

  test("lets go of a card that is gone", async () => {
    const { pages, fresh } = await loaded();
    pages.drop("a");
    assert.deepEqual(fresh.known, ["b"]);
  });
});
