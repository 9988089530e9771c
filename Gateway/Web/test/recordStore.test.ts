import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type RecordNews, RecordStore } from "../src/core/recordStore";
import { parcel } from "./fixtureKind";
import { rec } from "./store";

const listed = ["id", "etag", "name", "status"];

function storeWith(...records: ReturnType<typeof rec>[]): RecordStore {
  const store = new RecordStore();
  store.take(parcel, records, null, store.ask());
  return store;
}

function newsOf(store: RecordStore): RecordNews[] {
  const news: RecordNews[] = [];
  store.listen("parcel", (each) => news.push(each));
  return news;
}

describe("An answer", () => {
  test("to an older question does not undo a newer one, whichever comes first", () => {
    const store = new RecordStore();
    const [first, second] = [store.ask(), store.ask()];
    store.take(parcel, [rec("p1", "2", { name: "new" })], null, second);
    store.take(parcel, [rec("p1", "1", { name: "old" })], null, first);
    assert.equal(store.get("p1")?.["name"], "new");
  });

  test("that comes late still tells what nobody knew of the same state", () => {
    const store = new RecordStore();
    const [list, palette] = [store.ask(), store.ask()];
    store.take(parcel, [rec("p1", "1", { name: "Books" })], ["id", "etag", "name"], palette);
    assert.ok(store.lacks("p1", listed));
    store.take(parcel, [rec("p1", "1", { name: "Books", status: "packed" })], listed, list);
    assert.equal(store.get("p1")?.["status"], "packed");
    assert.ok(!store.lacks("p1", listed));
  });

  test("that comes late tells nothing of a state that is no more: what it had is asked for again", () => {
    const store = new RecordStore();
    const [list, palette] = [store.ask(), store.ask()];
    store.take(parcel, [rec("p1", "2", { name: "Books" })], ["id", "etag", "name"], palette);
    store.take(parcel, [rec("p1", "1", { name: "Book", status: "packed" })], listed, list);
    assert.equal(store.get("p1")?.etag, "2");
    assert.ok(store.lacks("p1", ["status"]));
  });

  test("of some fields leaves the others, and says which are from before the change it shows", () => {
    const store = storeWith(rec("p1", "1", { name: "a", contents: "then" }));
    store.take(parcel, [rec("p1", "2", { name: "b" })], listed, store.ask());
    assert.equal(store.get("p1")?.["name"], "b");
    assert.equal(store.get("p1")?.["contents"], "then");
    assert.ok(store.isWhole("p1"));
    assert.ok(store.isStale("p1"));
    assert.ok(store.isStale("p1", "contents"));
    assert.ok(!store.isStale("p1", "name"));
    assert.ok(store.lacks("p1", ["contents"]));
    store.take(parcel, [rec("p1", "2", { name: "b", contents: "now" })], ["id", "etag", "contents"], store.ask());
    assert.ok(!store.isStale("p1", "contents"));
    assert.ok(store.isStale("p1", "weight"));
    store.take(parcel, [rec("p1", "2", { name: "b", contents: "now" })], null, store.ask());
    assert.ok(!store.isStale("p1"));
  });

  test("wakes who watches only when something is other than it was", () => {
    const store = storeWith(rec("p1", "1", { name: "a", tags: ["x"] }));
    let woken = 0;
    store.watch("p1", () => {
      woken += 1;
    });
    const before = store.get("p1");
    store.take(parcel, [rec("p1", "1", { name: "a", tags: ["x"] })], null, store.ask());
    assert.equal(woken, 0);
    assert.equal(store.get("p1"), before);
    store.take(parcel, [rec("p1", "1", { name: "a", tags: ["y"] })], null, store.ask());
    assert.equal(woken, 1);
  });

  test("with what a service derived counts though the etag stays", () => {
    const store = storeWith(rec("p1", "1", { weight: 1 }));
    store.take(parcel, [rec("p1", "1", { weight: 2 })], null, store.ask());
    assert.equal(store.get("p1")?.["weight"], 2);
  });
});

describe("A change made here", () => {
  test("is not undone by an answer to a question from before it, nor by one with what it replaced", () => {
    const store = storeWith(rec("p1", "1", { name: "a" }));
    const early = store.ask();
    const sent = { asked: store.ask(), etag: "1" };
    const meanwhile = store.ask();
    store.takeWritten(parcel, rec("p1", "2", { name: "b" }), "changed", sent);
    store.take(parcel, [rec("p1", "1", { name: "a" })], null, early);
    store.take(parcel, [rec("p1", "1", { name: "a" })], null, meanwhile);
    assert.equal(store.get("p1")?.["name"], "b");
  });

  test("does not undo somebody else's on top of it that is known already", () => {
    const store = storeWith(rec("p1", "1", { name: "a" }));
    const sent = { asked: store.ask(), etag: "1" };
    store.take(parcel, [rec("p1", "3", { name: "c" })], null, store.ask());
    store.takeWritten(parcel, rec("p1", "2", { name: "b" }), "changed", sent);
    assert.equal(store.get("p1")?.["name"], "c");
    assert.equal(store.get("p1")?.etag, "3");
  });

  test("does not keep out somebody else's that was asked for while it was on its way", () => {
    const store = storeWith(rec("p1", "1", { name: "a" }));
    const sent = { asked: store.ask(), etag: "1" };
    const meanwhile = store.ask();
    store.takeWritten(parcel, rec("p1", "2", { name: "b" }), "changed", sent);
    store.take(parcel, [rec("p1", "3", { name: "c" })], null, meanwhile);
    assert.equal(store.get("p1")?.["name"], "c");
  });

  test("is told with the fields that are other than they were", () => {
    const store = storeWith(rec("p1", "1", { name: "a", weight: 1 }));
    const news = newsOf(store);
    store.takeWritten(parcel, rec("p1", "2", { name: "b", weight: 1 }), "changed");
    const [told] = news;
    assert.ok(told?.is === "changed" && told.fields !== null);
    assert.deepEqual(told?.is === "changed" && [...(told.fields ?? [])].sort(), ["etag", "name"]);
    store.takeWritten(parcel, rec("p9", "1"), "created");
    assert.deepEqual(news[1], { is: "created", id: "p9" });
  });
});

describe("What is typed and on its way", () => {
  test("is shown over what the server says, until it has arrived", () => {
    const store = storeWith(rec("p1", "1", { name: "a", weight: 1 }));
    store.patch("p1", { name: "typed" });
    store.take(parcel, [rec("p1", "2", { name: "theirs", weight: 2 })], null, store.ask());
    assert.equal(store.get("p1")?.["name"], "typed");
    assert.equal(store.get("p1")?.["weight"], 2);
    assert.equal(store.saved("p1")?.["name"], "theirs");
    store.settle("p1", { name: "typed" });
    assert.equal(store.get("p1")?.["name"], "theirs");
  });

  test("does not flicker when an earlier value of the same field has arrived", () => {
    const store = storeWith(rec("p1", "1", { name: "a" }));
    store.patch("p1", { name: "b" });
    store.patch("p1", { name: "c" });
    store.settle("p1", { name: "b" });
    assert.equal(store.get("p1")?.["name"], "c");
    store.settle("p1", { name: "c" });
    assert.equal(store.get("p1")?.["name"], "a");
  });

  test("is of no use for a record that is not known", () => {
    const store = new RecordStore();
    store.patch("p1", { name: "b" });
    store.settle("p1", { name: "b" });
    assert.equal(store.get("p1"), undefined);
  });
});

describe("A record that is gone", () => {
  test("is said to be, and does not come back with an answer to an older question", () => {
    const store = storeWith(rec("p1", "1"));
    const news = newsOf(store);
    let woken = 0;
    store.watch("p1", () => {
      woken += 1;
    });
    const list = store.ask();
    const sent = { asked: store.ask(), etag: "1" };
    store.remove("parcel", "p1");
    assert.deepEqual(news, [{ is: "gone", id: "p1" }]);
    assert.equal(woken, 1);
    store.take(parcel, [rec("p1", "1")], null, list);
    store.takeWritten(parcel, rec("p1", "2"), "changed", sent);
    assert.equal(store.get("p1"), undefined);
  });

  test("comes back when it is brought back, here or by somebody else", () => {
    const store = storeWith(rec("p1", "1"), rec("p2", "1"));
    store.remove("parcel", "p1");
    store.remove("parcel", "p2");
    store.takeWritten(parcel, rec("p1", "2"), "created");
    store.take(parcel, [rec("p2", "2")], null, store.ask());
    assert.equal(store.get("p1")?.etag, "2");
    assert.equal(store.get("p2")?.etag, "2");
  });
});

describe("The store", () => {
  test("lets go of what was taken longest ago, but of nothing that is looked at or typed into", () => {
    const store = new RecordStore(10);
    store.take(parcel, [rec("watched", "1"), rec("typed", "1"), rec("old", "1")], null, store.ask());
    store.watch("watched", () => undefined);
    store.patch("typed", { name: "x" });
    const many = Array.from({ length: 30 }, (_, place) => rec(`p${place}`, "1"));
    store.take(parcel, many, null, store.ask());
    assert.equal(store.get("old"), undefined);
    assert.equal(store.get("p0"), undefined);
    assert.ok(store.get("watched") !== undefined && store.get("typed") !== undefined);
    assert.ok(store.get("p29") !== undefined);
  });

  test("knows which records of a kind are looked at, each for as long as anybody does", () => {
    const store = storeWith(rec("p1", "1"), rec("p2", "1"));
    const first = store.watch("p1", () => undefined);
    const second = store.watch("p1", () => undefined);
    store.watch("unknown", () => undefined);
    assert.deepEqual(store.watched(parcel), ["p1"]);
    first();
    first();
    assert.ok(store.isWatched("p1"));
    second();
    assert.deepEqual(store.watched(parcel), []);
  });

  test("may be listened to and left while it tells", () => {
    const store = new RecordStore();
    const heard: string[] = [];
    const leave = store.listen("parcel", () => {
      heard.push("a");
      leave();
    });
    store.listen("parcel", () => heard.push("b"));
    store.listen("other", () => heard.push("c"));
    store.tell("parcel", { is: "many" });
    store.tell("parcel", { is: "many" });
    assert.deepEqual(heard, ["a", "b", "b"]);
  });

  test("tells whoever did not listen what they missed, as far back as it remembers", () => {
    const store = new RecordStore();
    const left = store.newsCount("parcel");
    assert.deepEqual(store.newsSince("parcel", left), []);
    store.tell("parcel", { is: "created", id: "p1" });
    store.tell("parcel", { is: "many" });
    store.tell("other", { is: "many" });
    assert.deepEqual(store.newsSince("parcel", left), [{ is: "created", id: "p1" }, { is: "many" }]);
    assert.deepEqual(store.newsSince("parcel", store.newsCount("parcel")), []);
    for (let turn = 0; turn < 200; turn += 1) store.tell("parcel", { is: "many" });
    assert.equal(store.newsSince("parcel", left), null);
    assert.equal(store.newsSince("parcel", store.newsCount("parcel") - 1)?.length, 1);
  });

  test("removes what an answer lacks, unless it came back since that was asked for", () => {
    const store = storeWith(rec("p1", "1"), rec("p2", "1"), rec("p3", "1"));
    const asked = store.ask();
    store.takeWritten(parcel, rec("p2", "2"), "created");
    store.removeUnfound("parcel", ["p1", "p2", "p3"], new Set(["p3"]), asked);
    assert.equal(store.get("p1"), undefined);
    assert.ok(store.get("p2") !== undefined && store.get("p3") !== undefined);
  });
});
