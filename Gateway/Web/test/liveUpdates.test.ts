import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { LiveEvent } from "../src/core/eventStream";
import { LiveUpdates } from "../src/core/liveUpdates";
import type { RecordNews } from "../src/core/recordStore";
import { type FakeTimers, withTimers } from "./fakeTimers";
import { parcel } from "./fixtureKind";
import { rec, settled, slowApi } from "./store";

function page() {
  const all = slowApi();
  const others: string[] = [];
  let sessions = 0;
  const clock = { now: 0 };
  const updates = new LiveUpdates(
    all.api,
    {
      kinds: () => [parcel],
      sessionChanged: () => {
        sessions += 1;
      },
      otherChanged: (object) => others.push(object),
    },
    () => clock.now,
  );
  const news: RecordNews[] = [];
  all.store.listen("parcel", (each) => news.push(each));
  return { ...all, updates, others, news, clock, sessions: () => sessions };
}

const change = (id: string, etag: string, fields: string[], action = "update"): LiveEvent => ({
  is: "change",
  object: "parcel",
  id,
  etag,
  action,
  fields,
});

/** Puts records on screen. */
function show({ store }: ReturnType<typeof page>, fields: readonly string[] | null, ...ids: string[]): void {
  store.take(parcel, ids.map((id) => rec(id, "1", { name: id })), fields, store.ask());
  for (const id of ids) store.watch(id, () => undefined);
}

async function asked(here: ReturnType<typeof page>, timers: FakeTimers) {
  timers.pass(20);
  await settled();
  return here.next();
}

describe("A change that somebody else makes", () => {
  test("is on screen after one question for all that changed", withTimers(async (timers) => {
    const here = page();
    show(here, ["id", "etag", "name"], "p1", "p2");
    here.updates.take(change("p1", "2", ["name"]));
    here.updates.take(change("p2", "2", ["name"]));
    here.updates.take(change("p1", "3", ["name"]));
    const question = await asked(here, timers);
    assert.equal(question.query.get("filter"), `id in ["p1", "p2"]`);
    assert.equal(question.query.get("fields"), "id,etag,name");
    await question.answer({ parcels: [rec("p1", "3", { name: "b" }), rec("p2", "2", { name: "c" })] });
    assert.equal(here.store.get("p1")?.["name"], "b");
    assert.equal(here.store.get("p2")?.["name"], "c");
    assert.equal(here.asked.length, 0);
  }));

  test("leaves what one is typing, and is under it", withTimers(async (timers) => {
    const here = page();
    show(here, null, "p1");
    here.store.patch("p1", { name: "typed" });
    here.updates.take(change("p1", "2", ["name", "weight"]));
    await (await asked(here, timers)).answer({ parcels: [rec("p1", "2", { name: "theirs", weight: 2 })] });
    assert.equal(here.store.get("p1")?.["name"], "typed");
    assert.equal(here.store.get("p1")?.["weight"], 2);
  }));

  test("is asked for whole where the record is open, and by its columns where it is listed", withTimers(async (timers) => {
    const here = page();
    show(here, null, "open");
    show(here, ["id", "etag", "name"], "listed");
    here.updates.take(change("open", "2", ["name"]));
    here.updates.take(change("listed", "2", ["name"]));
    const whole = await asked(here, timers);
    const listed = here.next();
    assert.equal(whole.query.get("fields"), null);
    assert.equal(whole.query.get("filter"), `id == "open"`);
    assert.equal(listed.query.get("filter"), `id == "listed"`);
  }));

  test("of a kind that only some screens load is asked for, too, while a record of it is on screen", withTimers(async (timers) => {
    const here = page();
    const note = { ...parcel, object: "note", api: "/api/v1/notes", rows: "notes" };
    here.store.take(note, [rec("n1", "1", { name: "a" })], null, here.store.ask());
    const event = { ...change("n1", "2", ["name"]), object: "note" } as LiveEvent;
    here.updates.take(event);
    timers.pass(20);
    assert.equal(here.asked.length, 0);
    here.store.watch("n1", () => undefined);
    here.updates.take(event);
    const question = await asked(here, timers);
    assert.equal(question.path, "/api/v1/notes");
    await question.answer({ notes: [rec("n1", "2", { name: "b" })] });
    assert.equal(here.store.get("n1")?.["name"], "b");
  }));

  test("of a record that is looked at but not known is asked for whole", withTimers(async (timers) => {
    const here = page();
    here.store.watch("p1", () => undefined);
    here.updates.take(change("p1", "2", ["name"], "undelete"));
    const question = await asked(here, timers);
    assert.equal(question.query.get("fields"), null);
    await question.answer({ parcels: [rec("p1", "2", { name: "back", contents: "all" })] });
    assert.equal(here.store.get("p1")?.["contents"], "all");
  }));

  test("that is one's own is known already, but for what the service made of it", withTimers((timers) => {
    const here = page();
    show(here, null, "p1");
    here.store.takeWritten(parcel, rec("p1", "2", { name: "mine" }), "changed");
    here.news.length = 0;
    here.updates.take(change("p1", "2", ["name", "etag"]));
    timers.pass(100);
    assert.deepEqual(here.news, []);
    assert.equal(here.asked.length, 0);
  }));

  test("is asked for though a list was the first to show it", withTimers(async (timers) => {
    const here = page();
    show(here, null, "p1");
    here.store.take(parcel, [rec("p1", "2", { name: "b" })], ["id", "etag", "name"], here.store.ask());
    here.updates.take(change("p1", "2", ["contents"]));
    const question = await asked(here, timers);
    assert.equal(question.query.get("fields"), null);
  }));

  test("of a record nobody looks at is told to the lists, and not asked for", withTimers((timers) => {
    const here = page();
    here.store.take(parcel, [rec("p1", "1")], null, here.store.ask());
    here.updates.take(change("p1", "2", ["name"]));
    here.updates.take(change("unknown", "5", ["name"]));
    here.updates.take(change("made", "1", ["name"], "create"));
    timers.pass(100);
    assert.equal(here.asked.length, 0);
    assert.deepEqual(here.news, [
      { is: "changed", id: "p1", fields: new Set(["name"]) },
      { is: "created", id: "unknown" },
      { is: "created", id: "made" },
    ]);
  }));

  test("that cannot be asked for now is asked for with the next one", withTimers(async (timers) => {
    const here = page();
    show(here, null, "p1");
    here.updates.take(change("p1", "2", ["name"]));
    await (await asked(here, timers)).fail();
    assert.equal(here.store.get("p1")?.["name"], "p1");
    here.updates.take(change("p1", "3", ["name"]));
    await (await asked(here, timers)).answer({ parcels: [rec("p1", "3", { name: "c" })] });
    assert.equal(here.store.get("p1")?.["name"], "c");
  }));
});

describe("A change that says no more than the record's id", () => {
  test("may be one of any field, and is asked for", withTimers(async (timers) => {
    const here = page();
    show(here, ["id", "etag", "name"], "p1");
    here.updates.take(change("p1", "", []));
    assert.deepEqual(here.news, [{ is: "changed", id: "p1", fields: null }]);
    const question = await asked(here, timers);
    assert.equal(question.query.get("filter"), `id == "p1"`);
  }));
});

describe("A record that goes", () => {
  test("is gone at once, deleted or out of one's sight", () => {
    const here = page();
    show(here, null, "p1", "p2");
    here.updates.take(change("p1", "", [], "delete"));
    here.updates.take(change("p2", "", [], "gone"));
    assert.equal(here.store.get("p1"), undefined);
    assert.deepEqual(here.news, [{ is: "gone", id: "p1" }, { is: "gone", id: "p2" }]);
  });

  test("without a word is gone once it is missing in an answer", withTimers(async (timers) => {
    const here = page();
    show(here, null, "p1", "p2");
    here.updates.take({ is: "many", object: "parcel" });
    await (await asked(here, timers)).answer({ parcels: [rec("p2", "1", { name: "p2" })] });
    assert.equal(here.store.get("p1"), undefined);
    assert.ok(here.store.get("p2") !== undefined);
  }));
});

describe("What may have been missed", () => {
  test("is asked for in calls of at most 200, with all that is on screen", withTimers(async (timers) => {
    for (const event of [{ is: "reset" }, { is: "hello", resumed: false }] as const) {
      const here = page();
      here.updates.take({ is: "hello", resumed: true });
      show(here, null, ...Array.from({ length: 250 }, (_, place) => `p${place}`));
      here.updates.take(event);
      timers.pass(20);
      await settled();
      assert.deepEqual(
        here.asked.map(({ query }) => query.get("page_size")),
        ["200", "50"],
      );
      assert.ok(here.news.some((news) => news.is === "many"));
      assert.ok(here.others.includes(""));
      assert.equal(here.sessions(), 1);
    }
  }));

  test("is told of every kind that somebody listens to, also of those that no area shows", () => {
    for (const event of [{ is: "reset" }, { is: "hello", resumed: false }, { is: "many", object: "rule" }] as const) {
      const here = page();
      const heard: RecordNews[] = [];
      here.store.listen("rule", (each) => heard.push(each));
      here.updates.take(event);
      assert.deepEqual(heard, [{ is: "many" }]);
    }
  });

  test("is little when the first connection of a page that was just opened begins", withTimers(async (timers) => {
    const here = page();
    show(here, null, "open");
    show(here, ["id", "etag", "name"], "listed");
    here.updates.take({ is: "hello", resumed: false });
    timers.pass(20);
    await settled();
    assert.deepEqual(here.asked.map(({ query }) => query.get("filter")), [`id == "open"`]);
    assert.deepEqual(here.news, [{ is: "many" }]);
    // Members and lists of choices were asked for when the page began, too.
    assert.deepEqual(here.others, [""]);
  }));

  test("is anything when the page stood open before, though it had heard nothing", withTimers(async (timers) => {
    const here = page();
    show(here, ["id", "etag", "name"], "listed");
    here.clock.now = 60_000;
    here.updates.take({ is: "hello", resumed: false });
    timers.pass(20);
    await settled();
    assert.deepEqual(here.asked.map(({ query }) => query.get("filter")), [`id == "listed"`]);
    assert.deepEqual(here.others, ["parcel", ""]);
  }));

  test("is nothing when the connection went on where it was", withTimers((timers) => {
    const here = page();
    show(here, null, "p1");
    here.updates.take({ is: "hello", resumed: true });
    timers.pass(100);
    assert.equal(here.asked.length, 0);
    assert.deepEqual(here.news, []);
  }));
});

describe("The page", () => {
  test("hears of the session and of what lists are not made of", () => {
    const here = page();
    here.updates.take({ is: "session" });
    assert.equal(here.sessions(), 1);
    here.updates.take({ is: "many", object: "parcel_status" });
    here.updates.take({ is: "change", object: "member", id: "m", etag: "1", action: "create", fields: [] });
    assert.deepEqual(here.others, ["parcel_status", "member"]);
  });

  test("asks for nothing once it is left", withTimers((timers) => {
    const here = page();
    show(here, null, "p1");
    here.updates.take(change("p1", "2", ["name"]));
    here.updates.close();
    timers.pass(100);
    assert.equal(here.asked.length, 0);
  }));
});
