import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ResolvedRecord } from "../src/core/api.generated";
import { NameBook } from "../src/core/nameBook";
import { withTimers } from "./fakeTimers";
import { settled } from "./store";

interface Asked {
  ids: readonly string[];
  answer: (names: Record<string, string>) => Promise<void>;
  fail: () => Promise<void>;
}

function bookWith() {
  const asked: Asked[] = [];
  const book = new NameBook(
    (ids) =>
      new Promise((resolve, reject) => {
        asked.push({
          ids,
          answer: (names) => {
            const records = Object.entries(names).map(([id, title]) => ({ id, title, exists: title !== "" }));
            resolve(records as ResolvedRecord[]);
            return settled();
          },
          fail: () => {
            reject(new Error("away"));
            return settled();
          },
        });
      }),
  );
  return { book, asked };
}

describe("A name", () => {
  test("is asked for once it is needed, many in one call", withTimers(async ({ pass }) => {
    const { book, asked } = bookWith();
    assert.equal(book.name(""), "");
    for (const id of ["a_1", "a_2", "a_1"]) assert.equal(book.name(id), "");
    pass(10);
    assert.deepEqual(
      asked.map(({ ids }) => ids),
      [["a_1", "a_2"]],
    );
    const version = book.version();
    await answered(asked[0], { a_1: "Ada", a_2: "" });
    assert.equal(book.name("a_1"), "Ada");
    assert.equal(book.name("a_2"), "A record you cannot see");
    assert.notEqual(book.version(), version);
  }));

  test("is asked for in calls of at most 200", withTimers(({ pass }) => {
    const { book, asked } = bookWith();
    for (let place = 0; place < 450; place += 1) book.name(`a_${place}`);
    for (let turn = 0; turn < 5; turn += 1) pass(10);
    assert.deepEqual(
      asked.map(({ ids }) => ids.length),
      [200, 200, 50],
    );
  }));

  test("that has no answer is not asked for again and again", withTimers(async ({ pass }) => {
    const { book, asked } = bookWith();
    book.name("a_1");
    pass(10);
    book.name("a_1");
    pass(10);
    assert.equal(asked.length, 1);
    await answered(asked[0], {});
    assert.equal(book.name("a_1"), "");
    pass(10);
    assert.equal(asked.length, 1);
  }));

  test("that could not be asked for is asked for when it is next needed, and not before", withTimers(async ({ pass }) => {
    const { book, asked } = bookWith();
    let told = 0;
    book.subscribe(() => {
      told += 1;
    });
    book.name("a_1");
    pass(10);
    await asked[0]?.fail();
    pass(100);
    assert.equal(asked.length, 1);
    assert.equal(told, 0);
    book.name("a_1");
    pass(10);
    assert.equal(asked.length, 2);
  }));

  test("that became known by other ways is not undone by an older answer", withTimers(async ({ pass }) => {
    const { book, asked } = bookWith();
    book.name("a_1");
    pass(10);
    book.learn("a_1", "New name");
    await answered(asked[0], { a_1: "Old name" });
    assert.equal(book.name("a_1"), "New name");
    book.name("a_2");
    book.learn("a_2", "Known before it was asked");
    pass(10);
    assert.equal(asked.length, 1);
  }));

  test("that changed is asked for anew, even while the old one is on its way", withTimers(async ({ pass }) => {
    const { book, asked } = bookWith();
    book.name("a_1");
    pass(10);
    book.forget("a_1");
    await answered(asked[0], { a_1: "Old name" });
    assert.equal(book.name("a_1"), "");
    pass(10);
    await answered(asked[1], { a_1: "New name" });
    assert.equal(book.name("a_1"), "New name");
    book.forget("a_1");
    assert.equal(book.name("a_1"), "");
  }));

  test("that is learnt twice is told once", () => {
    const { book } = bookWith();
    let told = 0;
    const leave = book.subscribe(() => {
      told += 1;
    });
    book.learn("a_1", "Ada");
    book.learn("a_1", "Ada");
    book.forget("unknown");
    assert.equal(told, 1);
    leave();
    book.learn("a_1", "Eve");
    assert.equal(told, 1);
  });
});

async function answered(asked: Asked | undefined, names: Record<string, string>): Promise<void> {
  await asked?.answer(names);
}
