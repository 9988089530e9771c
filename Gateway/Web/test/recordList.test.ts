import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isOnce, loaded, server } from "./listServer";

describe("A list", () => {
  test("asks for as much as comes into sight, one page after the other", async () => {
    const { list, asked, next, answerAll } = server(250);
    list.want(0, 30);
    list.want(0, 40);
    assert.equal(asked.length, 1);
    await next().answer();
    assert.equal(asked.length, 0);
    assert.equal(list.view().state, "ready");
    assert.equal(list.view().total, 250);
    list.want(150, 220);
    await answerAll();
    assert.equal(list.known.length, 250);
    assert.ok(list.isWhole);
  });

  test("asks for the neighbours of an open record besides what is in sight", async () => {
    const { list, rows, next, answerAll, asked } = await loaded(450, 40);
    list.wantToo(98, 101);
    await next().answer();
    assert.equal(list.id(100), "r100");
    list.wantToo(3, 6);
    assert.equal(asked.length, 0);
    rows.unshift("new");
    list.changed();
    await answerAll();
    assert.equal(list.known.length, 200);
  });

  test("has room for the rows that it knows of, and for some more where it only knows that there are more", async () => {
    const { list, next } = server(250);
    list.want(0, 10);
    await next().answer();
    assert.equal(list.view().room, 250);
    const open = server(5000);
    open.list.want(0, 10);
    await open.next().answer({ total: 1000, more: true });
    assert.equal(open.list.view().room, 1000);
    open.list.want(990, 1010);
    while (open.asked.length > 0) await open.next().answer({ total: 1000, more: true });
    assert.ok(open.list.view().room >= open.list.known.length + 100);
  });

  test("has at least as many as are known where nobody counts them, whatever pages are short or empty", async () => {
    const { list, next, answerAll } = server(250);
    list.want(0, 10);
    await next().answer({ ids: [], total: 0 });
    assert.equal(list.view().room > 0, true);
    await next().answer({ ids: ["r1", "r2"], next: "after r149", total: 0 });
    assert.deepEqual([list.view().total, list.view().more], [2, true]);
    list.want(0, 250);
    await answerAll();
    assert.deepEqual([list.view().total, list.view().more], [102, false]);
  });

  test("says which services did not answer, until it was asked for again", async () => {
    const { list, next } = server(150);
    list.want(0, 10);
    await next().answer({ gaps: ["deals"] });
    list.want(0, 150);
    await next().answer({ gaps: ["deals", "tasks"] });
    assert.deepEqual(list.view().gaps, ["deals", "tasks"]);
    void list.refresh();
    while (list.view().gaps.length > 0) await next().answer();
    assert.deepEqual(list.view().gaps, []);
  });

  test("has the true count once it is whole, and none while it is empty", async () => {
    const { list, next, rows } = server(150);
    list.want(0, 10);
    await next().answer();
    rows.splice(120, 10);
    list.want(100, 150);
    await next().answer();
    assert.equal(list.view().total, 140);
    const empty = await loaded(0, 10);
    assert.equal(empty.list.view().room, 0);
    assert.ok(empty.list.isWhole);
  });

  test("has each record once, though rows move from page to page while one scrolls", async () => {
    const { list, next, rows, answerAll } = server(300);
    list.want(0, 10);
    await next().answer();
    // What was on the first page is on the second now, and twice.
    rows.splice(150, 0, "r5", "r6", "r6");
    list.want(0, 300);
    await answerAll();
    isOnce(list.known);
    assert.equal(list.known.length, 300);
  });

  test("does not ask for ever where a page leads to itself", async () => {
    const { list, next, asked } = server(300);
    list.want(0, 1000);
    await next().answer({ next: "x", ids: ["a"] });
    await next().answer({ next: "x", ids: ["a"] });
    assert.equal(asked.length, 0);
    assert.ok(list.isWhole);
  });

  test("keeps what it has when a page fails, and goes on when asked to", async () => {
    const { list, next, answerAll, asked } = server(250);
    list.want(0, 10);
    await next().answer();
    list.want(0, 150);
    await next().fail();
    assert.equal(list.view().state, "failed");
    assert.equal(list.known.length, 100);
    list.want(0, 160);
    assert.equal(asked.length, 0);
    list.retry();
    await answerAll();
    assert.equal(list.view().state, "ready");
    assert.equal(list.known.length, 200);
  });

  test("asks for nothing once it is closed", async () => {
    const { list, next } = server(250);
    let told = 0;
    list.subscribe(() => {
      told += 1;
    });
    list.want(0, 10);
    list.close();
    const page = next();
    assert.ok(page.signal.aborted);
    await page.answer();
    assert.equal(told, 0);
    assert.equal(list.known.length, 0);
  });
});

describe("A list from its end", () => {
  test("is there after one request, and goes up to its beginning with every row once", async () => {
    const { list, next, asked, rows } = await loaded(450, 10);
    const arrived = list.jump("end");
    assert.equal(asked.length, 1);
    assert.ok(asked[0]?.isEnd);
    await next().answer();
    await arrived;
    assert.equal(list.id(list.range.end - 1), "r449");
    assert.equal(list.view().room, list.range.end);
    assert.deepEqual(list.view().landing, { row: list.range.end - 1 });
    assert.equal(asked.length, 0);
    for (let turn = 0; list.range.first > 0 && turn < 20; turn += 1) {
      const { first } = list.range;
      const top = list.id(first);
      const before = list.view().shift;
      list.want(first - 5, first + 20);
      await next().answer();
      // What was at a row is found again by the shift.
      const moved = list.view().shift - before;
      assert.equal(list.id(first + moved), top);
    }
    assert.deepEqual(list.known, rows);
    assert.ok(list.isWhole);
    assert.equal(asked.length, 0);
  });

  test("has each record once, though rows came between the pages", async () => {
    const { list, next, rows, answerAll } = await loaded(250, 10);
    void list.jump("end");
    await next().answer();
    rows.splice(100, 0, "r249", "new");
    list.want(95, 130);
    await answerAll();
    isOnce(list.known);
    assert.ok(list.known.includes("new"));
  });

  test("is not mixed with a page that was under way before", async () => {
    const { list, asked, next } = await loaded(450, 10);
    list.want(0, 150);
    const paging = next();
    void list.jump("end");
    list.want(0, 250);
    assert.equal(asked.length, 1);
    await paging.answer();
    assert.equal(list.known.length, 100);
    await next().answer();
    assert.equal(list.known[0], "r350");
    isOnce(list.known);
  });

  test("is reached though others change the list meanwhile", async () => {
    const { list, next, rows } = await loaded(450, 10);
    void list.jump("end");
    list.changed();
    void list.refresh();
    rows.push("newest");
    await next().answer();
    assert.equal(list.id(list.range.end - 1), "newest");
    assert.ok(list.view().isStale);
  });

  test("is tried again when it could not be reached", async () => {
    const { list, next } = await loaded(450, 10);
    void list.jump("end");
    await next().fail();
    assert.equal(list.view().state, "failed");
    assert.equal(list.known[0], "r0");
    list.retry();
    const again = next();
    assert.ok(again.isEnd);
    await again.answer();
    assert.equal(list.view().state, "ready");
    assert.equal(list.known[0], "r350");
  });

  test("goes back to the beginning in one request", async () => {
    const { list, next } = await loaded(450, 10);
    void list.jump("end");
    await next().answer();
    void list.jump("start");
    await next().answer();
    assert.equal(list.range.first, 0);
    assert.equal(list.id(0), "r0");
    assert.deepEqual(list.view().landing, { row: 0 });
  });
});
