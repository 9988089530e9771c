import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { capped, UnreadCount } from "../src/core/unread";
import { formatCount } from "../src/core/format";
import { words } from "../src/words/app";
import { counted } from "../src/words/counts";
import { type FakeTimers, withTimers } from "./fakeTimers";
import { type Asked, settled, slowApi } from "./store";

const none = { gaps: [], more: false };

function bell() {
  const { api, store, asked, next } = slowApi();
  const unread = new UnreadCount(api.client, store);
  const stop = unread.follow();
  const comes = (id: string) => store.tell("notification", { is: "created", id });
  return { unread, stop, store, asked, next, comes };
}

/** A bell whose first count is answered. */
async function counting(timers: FakeTimers, count = 3) {
  const here = bell();
  here.unread.begin();
  timers.pass(0);
  await here.next().answer({ count, ...none });
  return here;
}

/** The count and the new ones, both asked for at once. */
async function both(here: ReturnType<typeof bell>, timers: FakeTimers): Promise<[Asked, Asked]> {
  timers.pass(20);
  await settled();
  return [here.next(), here.next()];
}

const made = (title: string, changes: object = {}) => ({
  title,
  state: "unread",
  create_time: "2026-01-05T09:00:00Z",
  update_time: "2026-01-05T09:00:00Z",
  ...changes,
});

describe("The text of a count", () => {
  const badge = (count: number, more = false) => {
    const shown = capped(count, more);
    return [formatCount(shown.count, shown.more), counted(shown.count, words.bell.unread, shown.more)];
  };

  test("is the number up to 99, and says that there are more", () => {
    assert.deepEqual(badge(1), ["1", "1 unread notification"]);
    assert.deepEqual(badge(3), ["3", "3 unread notifications"]);
    assert.deepEqual(badge(99), ["99", "99 unread notifications"]);
    assert.deepEqual(badge(100), ["99+", "99+ unread notifications"]);
    assert.deepEqual(badge(100, true), ["99+", "99+ unread notifications"]);
  });

  test("tells that not all were counted, where some of the first may not be read any more", () => {
    assert.deepEqual(badge(40, true), ["40+", "40+ unread notifications"]);
    assert.deepEqual(capped(0, true), { count: 0, more: false });
  });
});

describe("The count of unread notifications", () => {
  test("is asked for once the screen stands, not before", withTimers(async (timers) => {
    const here = bell();
    here.comes("n1");
    timers.pass(1000);
    assert.equal(here.asked.length, 0);
    here.unread.begin();
    timers.pass(0);
    const question = here.next();
    assert.equal(question.path, "/api/v1/notifications:countUnread");
    await question.answer({ count: 3, ...none });
    assert.deepEqual(here.unread.view(), { count: 3, more: false, arrived: null });
    assert.equal(here.asked.length, 0);
  }));

  test("is asked for again, once for many changes at a time", withTimers(async (timers) => {
    const here = await counting(timers);
    for (const id of ["n1", "n2"]) here.store.tell("notification", { is: "changed", id, fields: new Set(["state"]) });
    timers.pass(20);
    await here.next().answer({ count: 1, ...none });
    assert.equal(here.unread.view().count, 1);
    assert.equal(here.asked.length, 0);
  }));

  test("is asked for once more if something happens before the answer", withTimers(async (timers) => {
    const here = await counting(timers);
    here.store.tell("notification", { is: "many" });
    timers.pass(20);
    here.store.tell("notification", { is: "gone", id: "n1" });
    timers.pass(20);
    assert.equal(here.asked.length, 1);
    await here.next().answer({ count: 2, ...none });
    timers.pass(20);
    await here.next().answer({ count: 1, ...none });
    assert.equal(here.unread.view().count, 1);
  }));

  test("stays what it was when there is no answer, and comes with the next event", withTimers(async (timers) => {
    const here = await counting(timers);
    here.store.tell("notification", { is: "many" });
    timers.pass(20);
    await here.next().fail();
    assert.equal(here.unread.view().count, 3);
    here.store.tell("notification", { is: "many" });
    timers.pass(20);
    await here.next().answer({ count: 4, ...none });
    assert.equal(here.unread.view().count, 4);
  }));

  test("is asked for later where a service did not answer", withTimers(async (timers) => {
    const here = await counting(timers);
    here.store.tell("notification", { is: "many" });
    timers.pass(20);
    await here.next().answer({ count: 1, more: false, gaps: ["deals"] });
    timers.pass(9_999);
    assert.equal(here.asked.length, 0);
    timers.pass(1);
    await here.next().answer({ count: 3, ...none });
    assert.equal(here.unread.view().count, 3);
  }));

  test("ends with the page", withTimers(async (timers) => {
    const here = await counting(timers);
    here.store.tell("notification", { is: "many" });
    here.stop();
    here.store.tell("notification", { is: "many" });
    timers.pass(1000);
    assert.equal(here.asked.length, 0);
  }));
});

describe("A notification that comes", () => {
  test("is told by its title, and several by their number", withTimers(async (timers) => {
    const here = await counting(timers);
    here.comes("n1");
    const [count, fresh] = await both(here, timers);
    assert.equal(fresh.query.get("filter"), `id == "n1"`);
    await fresh.answer({ notifications: [made("A task is overdue")] });
    await count.answer({ count: 4, ...none });
    assert.deepEqual(here.unread.view().arrived, { count: 1, title: "A task is overdue" });
    here.comes("n2");
    here.comes("n3");
    const [again, two] = await both(here, timers);
    await two.answer({ notifications: [made("A"), made("B")] });
    await again.answer({ count: 6, ...none });
    const { arrived } = here.unread.view();
    assert.deepEqual(arrived, { count: 2, title: "A" });
    assert.equal(words.bell.arrived(2, "A", "6 unread notifications"), "2 new notifications. 6 unread notifications.");
    assert.equal(words.bell.arrived(1, "A", "1 unread notification"), "A. 1 unread notification.");
  }));

  test("is none if it was read elsewhere, is unread again, or may not be read", withTimers(async (timers) => {
    const here = await counting(timers);
    for (const id of ["n1", "n2", "n3"]) here.comes(id);
    const [count, fresh] = await both(here, timers);
    const later = { update_time: "2026-01-05T10:00:00Z" };
    await fresh.answer({ notifications: [made("A", { state: "read", ...later }), made("B", later)] });
    await count.answer({ count: 3, ...none });
    assert.equal(here.unread.view().arrived, null);
  }));
});
