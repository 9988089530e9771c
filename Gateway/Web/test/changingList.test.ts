import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loaded, server } from "./listServer";

describe("A list that others change", () => {
  test("is asked for again near its beginning, and only marked further down", async () => {
    const { list, rows, answerAll, asked } = await loaded(900, 10);
    rows.unshift("new");
    list.changed();
    await answerAll();
    assert.equal(list.id(0), "new");
    list.want(700, 740);
    await answerAll();
    list.changed();
    assert.equal(asked.length, 0);
    assert.ok(list.view().isStale);
    void list.refresh();
    await answerAll();
    assert.ok(!list.view().isStale);
    assert.equal(list.known.length, 800);
  });

  test("keeps its rows until the new ones are there, and what is in sight in its place", async () => {
    const { list, rows, next, answerAll } = await loaded(250, 10);
    list.want(40, 80);
    rows.unshift("a", "b", "c");
    list.changed();
    assert.equal(list.id(40), "r40");
    const { shift } = list.view();
    await next().answer();
    assert.equal(list.view().shift - shift, 3);
    assert.equal(list.id(43), "r40");
    await answerAll();
  });

  test("shows what is new where its beginning is in sight", async () => {
    const { list, rows, answerAll } = await loaded(250, 30);
    rows.unshift("new");
    list.changed();
    await answerAll();
    assert.equal(list.view().shift, 0);
    assert.equal(list.id(0), "new");
  });

  test("that changes while it is asked for is asked for once more, and not for ever", async () => {
    const { list, rows, next, asked } = await loaded(50, 10);
    list.changed();
    rows.unshift("x");
    const first = next();
    const old = first.answer({ ids: ["r0"], next: "" });
    list.changed();
    list.changed();
    await old;
    await next().answer();
    assert.equal(list.id(0), "x");
    assert.equal(asked.length, 0);
  });

  test("that changes before its first page is there is asked for once more", async () => {
    const { list, rows, next, asked } = server(50);
    list.want(0, 10);
    const first = next().answer();
    void list.refresh();
    rows.unshift("new");
    await first;
    await next().answer();
    assert.equal(list.id(0), "new");
    assert.equal(asked.length, 0);
  });

  test("goes on paging after it was asked for again in the middle of it", async () => {
    const { list, next, answerAll, rows } = await loaded(450, 10);
    list.want(0, 250);
    const page = next();
    list.changed();
    assert.ok(page.signal.aborted);
    await page.answer();
    list.want(0, 450);
    await answerAll();
    assert.deepEqual(list.known, rows);
  });

  test("that shrinks has no more rows than there are", async () => {
    const { list, rows, answerAll } = await loaded(250, 250);
    rows.splice(20);
    list.want(10, 60);
    void list.refresh();
    await answerAll();
    assert.equal(list.view().room, 20);
    assert.equal(list.view().total, 20);
    assert.equal(list.id(20), undefined);
    assert.deepEqual(list.inSight, rows.slice(10, 20));
  });

  test("is only not the newest when it cannot be asked for", async () => {
    const { list, next } = await loaded(50, 10);
    list.changed();
    await next().fail();
    assert.equal(list.view().state, "ready");
    assert.ok(list.view().isStale);
    assert.equal(list.known.length, 50);
  });

  test("loses a row that is gone, and keeps those in sight in their places", async () => {
    const { list } = await loaded(250, 30);
    list.want(20, 60);
    list.drop("r5");
    assert.equal(list.view().total, 249);
    assert.equal(list.view().shift, -1);
    assert.equal(list.id(19), "r20");
    list.drop("r40");
    assert.equal(list.view().shift, -1);
    list.drop("unknown");
    assert.equal(list.view().total, 248);
  });

  test("takes in a row where it was put, and not twice", async () => {
    const { list } = await loaded(3, 10);
    list.insert("x", "r1");
    list.insert("x", "r2");
    list.insert("y", null);
    list.insert("z", "unknown");
    assert.deepEqual(list.known, ["r0", "r1", "x", "r2", "y", "z"]);
    assert.equal(list.view().total, 6);
  });
});

describe("A list whose row is edited", () => {
  test("stays as it is until the last editor lets go, and catches up then", async () => {
    const { list, rows, asked, answerAll } = await loaded(50, 10);
    const first = list.hold();
    const second = list.hold();
    rows.unshift("new");
    rows.splice(rows.indexOf("r3"), 1);
    list.changed();
    list.drop("r3");
    assert.equal(asked.length, 0);
    assert.equal(list.id(3), "r3");
    first();
    first();
    assert.equal(list.id(3), "r3");
    second();
    assert.equal(list.row("r3"), -1);
    await answerAll();
    assert.deepEqual(list.known, rows);
  });

  test("is not asked for again when nothing changed meanwhile", async () => {
    const { list, asked } = await loaded(50, 10);
    list.hold()();
    assert.equal(asked.length, 0);
  });

  test("stays as it is too when it was asked for just before", async () => {
    const { list, rows, answerAll } = await loaded(50, 10);
    const before = [...list.known];
    list.changed();
    const release = list.hold();
    rows.unshift("new");
    await answerAll();
    assert.deepEqual(list.known, before);
    release();
    await answerAll();
    assert.equal(list.id(0), "new");
  });

  test("lets go at once of what was moved away here", async () => {
    const { list } = await loaded(50, 10);
    const release = list.hold();
    list.drop("r3");
    list.remove("r4");
    assert.equal(list.row("r4"), -1);
    assert.equal(list.id(3), "r3");
    release();
    assert.equal(list.row("r3"), -1);
  });

  test("is not taken away by a jump to its end that was asked for before", async () => {
    const { list, rows, answerAll } = await loaded(300, 10);
    void list.jump("end");
    const release = list.hold();
    await answerAll();
    assert.equal(list.id(0), "r0");
    release();
    await answerAll();
    assert.equal(list.id(list.range.end - 1), rows[rows.length - 1]);
  });

  test("is not taken away by being asked for again from its end", async () => {
    const { list, rows, answerAll } = await loaded(300, 10);
    void list.jump("end");
    await answerAll();
    const before = [...list.known];
    void list.refresh();
    const release = list.hold();
    rows.push("new");
    await answerAll();
    assert.deepEqual(list.known, before);
    release();
  });
});

describe("A list that one looks at from its end", () => {
  test("keeps the place when it is asked for again", async () => {
    const { list, rows, answerAll } = await loaded(900, 10);
    void list.jump("end");
    await answerAll();
    list.want(list.range.end - 180, list.range.end - 150);
    await answerAll();
    const { first } = list.range;
    list.want(first + 20, first + 50);
    await answerAll();
    const inSight = [...list.inSight];
    const landing = list.view().landing;
    rows.push("new", "newer");
    void list.refresh();
    await answerAll();
    assert.deepEqual(list.inSight, inSight);
    assert.equal(list.id(list.range.end - 1), "newer");
    assert.equal(list.view().landing, landing);
    assert.ok(!list.view().isStale);
  });

  test("keeps the place when rows before it are loaded, up to its beginning", async () => {
    const { list, rows, answerAll } = await loaded(250, 10);
    void list.jump("end");
    await answerAll();
    while (list.range.first > 0) {
      const { first, end } = list.range;
      const known = list.id(first);
      const { shift } = list.view();
      list.want(first - 10, Math.min(first + 20, end));
      await answerAll();
      assert.equal(list.row(String(known)), first + list.view().shift - shift);
    }
    assert.deepEqual(list.known, rows);
  });
});
