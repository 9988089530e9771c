import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lead } from "../src/areas/leads/lead";
import { FieldSaver, movingAlong, Overtaken, takeEditBack } from "../src/core/fieldSaving";
import type { Field } from "../src/core/fields";
import { ApiError } from "../src/core/problem";
import { field } from "./fixtures";
import { parcel } from "./fixtureKind";
import { rec, settled, slowApi, stale } from "./store";

const named = (name: string): Field => parcel.fields.get(name) ?? field({}, name);

function saverWith(...records: ReturnType<typeof rec>[]) {
  const all = slowApi();
  all.store.take(parcel, records, null, all.store.ask());
  return { ...all, saver: new FieldSaver(all.api) };
}

/** What came of something, once it did. */
function outcome(promise: Promise<unknown>): { of: string; error: unknown } {
  const seen = { of: "waiting", error: undefined as unknown };
  promise.then(
    () => {
      seen.of = "saved";
    },
    (error: unknown) => {
      seen.of = "refused";
      seen.error = error;
    },
  );
  return seen;
}

describe("An edit that is taken back", () => {
  const kind = { ...parcel, movesAlong: { status: ["zone", "carrier"] } };
  const before = { zone: "Asia/Tokyo", carrier: "rail" };
  const after = rec("p1", "2", { status: "lost", zone: "", carrier: "road" });
  const edit = { field: "status", before: "packed", along: before };

  test("brings back what the service moved along with it", async () => {
    const { api, next, asked } = slowApi();
    const done = outcome(takeEditBack(api, kind, after, after, edit));
    const sent = next();
    assert.deepEqual(sent.body, { ...before, status: "packed", etag: "2" });
    assert.equal(sent.query.get("update_mask"), "zone,carrier,status");
    await sent.answer(rec("p1", "3", { ...before, status: "packed" }));
    assert.deepEqual([done.of, asked.length], ["saved", 0]);
  });

  test("sets once more what the way back moves", async () => {
    const { api, next } = slowApi();
    const done = outcome(takeEditBack(api, kind, after, after, edit));
    await next().answer(rec("p1", "3", { ...before, status: "packed", carrier: "ship" }));
    const again = next();
    assert.deepEqual(again.body, { carrier: "rail", etag: "3" });
    await again.answer(rec("p1", "4", { ...before, status: "packed" }));
    assert.equal(done.of, "saved");
  });

  test("leaves what somebody changed since", async () => {
    const { api, next } = slowApi();
    const present = rec("p1", "3", { status: "lost", zone: "Europe/Paris", carrier: "road" });
    outcome(takeEditBack(api, kind, present, after, edit));
    assert.equal(next().query.get("update_mask"), "carrier,status");
  });

  test("knows what can move along with a field, and no more than is known", () => {
    const record = { id: "p1", etag: "1", status: "packed", zone: "Asia/Tokyo" };
    assert.deepEqual(movingAlong(kind, "status", record), { zone: "Asia/Tokyo" });
    assert.deepEqual(movingAlong(kind, "name", record), {});
    assert.deepEqual(movingAlong(kind, "status", undefined), {});
    assert.deepEqual(movingAlong(lead, "status", { id: "l1", etag: "1", substatus: "Waiting" }), {
      substatus: "Waiting",
    });
  });
});

describe("A field that is saved", () => {
  test("is shown at once and sent alone, with the etag it was seen at", async () => {
    const { saver, store, next } = saverWith(rec("p1", "1", { name: "a", weight: 1 }));
    const saved = outcome(saver.save(parcel, "p1", named("name"), "b", "a"));
    assert.equal(store.get("p1")?.["name"], "b");
    await settled();
    const sent = next();
    assert.equal(sent.method, "PATCH");
    assert.equal(sent.query.get("update_mask"), "name");
    assert.deepEqual(sent.body, { name: "b", etag: "1" });
    await sent.answer(rec("p1", "2", { name: "b", weight: 1 }));
    assert.equal(saved.of, "saved");
    assert.equal(store.saved("p1")?.["name"], "b");
  });

  test("takes along what it needs of other fields", async () => {
    const { saver, store, next } = saverWith(rec("p1", "1", { name: "a", weight: 1 }));
    outcome(saver.save(parcel, "p1", named("name"), "b", "a", { weight: 2 }));
    assert.equal(store.get("p1")?.["weight"], 2);
    await settled();
    const sent = next();
    assert.deepEqual(sent.body, { weight: 2, name: "b", etag: "1" });
    assert.equal(sent.query.get("update_mask"), "weight,name");
  });

  test("is cleared by leaving it out of what is sent", async () => {
    const { saver, next } = saverWith(rec("p1", "1", { pieces: 3 }));
    outcome(saver.save(parcel, "p1", named("pieces"), null, 3));
    await settled();
    const sent = next();
    assert.deepEqual(sent.body, { etag: "1" });
    assert.equal(sent.query.get("update_mask"), "pieces");
  });

  test("goes through without a question when somebody else changed another field, twice", async () => {
    const { saver, next, store } = saverWith(rec("p1", "1", { name: "a", weight: 1 }));
    const saved = outcome(saver.save(parcel, "p1", named("name"), "b", "a"));
    await settled();
    for (const etag of ["2", "3"]) {
      await next().answer(stale, 409);
      const read = next();
      assert.equal(read.method, "GET");
      await read.answer(rec("p1", etag, { name: "a", weight: Number(etag) }));
    }
    const last = next();
    assert.deepEqual(last.body, { name: "b", etag: "3" });
    await last.answer(rec("p1", "4", { name: "b", weight: 3 }));
    assert.equal(saved.of, "saved");
    assert.equal(store.get("p1")?.["weight"], 3);
  });

  test("gives up when the record changes faster than it can be saved", async () => {
    const { saver, next, asked } = saverWith(rec("p1", "1", { name: "a" }));
    const saved = outcome(saver.save(parcel, "p1", named("name"), "b", "a"));
    await settled();
    for (let attempt = 1; saved.of === "waiting"; attempt += 1) {
      await next().answer(stale, 409);
      if (saved.of !== "waiting") break;
      await next().answer(rec("p1", String(attempt + 1), { name: "a" }));
    }
    assert.ok(saved.error instanceof ApiError && saved.error.isStale);
    assert.equal(asked.length, 0);
  });

  test("asks when somebody else gave the same field another value, known before or met on the way", async () => {
    for (const isKnown of [true, false]) {
      const { saver, next, store } = saverWith(rec("p1", "1", { name: "a" }));
      if (isKnown) store.take(parcel, [rec("p1", "2", { name: "theirs" })], null, store.ask());
      const saved = outcome(saver.save(parcel, "p1", named("name"), "mine", "a"));
      await settled();
      if (!isKnown) {
        await next().answer(stale, 409);
        await next().answer(rec("p1", "2", { name: "theirs" }));
      }
      assert.ok(saved.error instanceof Overtaken);
      assert.deepEqual(saved.error instanceof Overtaken && [saved.error.mine, saved.error.theirs], ["mine", "theirs"]);
      assert.equal(store.get("p1")?.["name"], "theirs");
    }
  });

  test("is done when somebody else gave it the very same value", async () => {
    const { saver, store, asked } = saverWith(rec("p1", "1", { name: "a" }));
    store.take(parcel, [rec("p1", "2", { name: "b" })], null, store.ask());
    const saved = outcome(saver.save(parcel, "p1", named("name"), "b", "a"));
    await settled();
    assert.equal(saved.of, "saved");
    assert.equal(asked.length, 0);
  });

  test("does not overwrite what nobody has seen: it is asked for first", async () => {
    const { saver, store, next } = saverWith(rec("p1", "1", { name: "a", contents: "then" }));
    // A list shows that the record changed, but not what of it.
    store.take(parcel, [rec("p1", "2", { name: "a" })], ["id", "etag", "name"], store.ask());
    const saved = outcome(saver.save(parcel, "p1", named("contents"), "mine", "then"));
    await settled();
    const read = next();
    assert.equal(read.method, "GET");
    await read.answer(rec("p1", "2", { name: "a", contents: "theirs" }));
    assert.ok(saved.error instanceof Overtaken);
  });

  test("is saved after the one before it, from what that one made of the record", async () => {
    const { saver, next, asked, store } = saverWith(rec("p1", "1", { name: "a", weight: 1 }));
    const first = outcome(saver.save(parcel, "p1", named("name"), "b", "a"));
    const second = outcome(saver.save(parcel, "p1", named("weight"), 2, 1));
    const third = outcome(saver.save(parcel, "p1", named("name"), "c", "b"));
    await settled();
    assert.equal(asked.length, 1);
    await next().answer(rec("p1", "2", { name: "b", weight: 1 }));
    assert.equal(store.get("p1")?.["name"], "c");
    assert.equal(store.get("p1")?.["weight"], 2);
    const weight = next();
    assert.deepEqual(weight.body, { weight: 2, etag: "2" });
    await weight.answer(rec("p1", "3", { name: "b", weight: 2 }));
    const name = next();
    assert.deepEqual(name.body, { name: "c", etag: "3" });
    await name.answer(rec("p1", "4", { name: "c", weight: 2 }));
    assert.deepEqual([first.of, second.of, third.of], ["saved", "saved", "saved"]);
  });

  test("does not keep the next one from being saved when it is refused", async () => {
    const { saver, next, store } = saverWith(rec("p1", "1", { name: "a", weight: 1 }));
    const first = outcome(saver.save(parcel, "p1", named("name"), "", "a"));
    const second = outcome(saver.save(parcel, "p1", named("weight"), 2, 1));
    await settled();
    await next().answer({ errors: [{ field: "name", rule: "must have a value" }] }, 400);
    assert.equal(first.of, "refused");
    assert.equal(store.get("p1")?.["name"], "a");
    await next().answer(rec("p1", "2", { name: "a", weight: 2 }));
    assert.equal(second.of, "saved");
  });

  test("of a record that went meanwhile is refused, and the record does not come back", async () => {
    const { saver, next, store } = saverWith(rec("p1", "1", { name: "a" }));
    const saved = outcome(saver.save(parcel, "p1", named("name"), "b", "a"));
    await settled();
    store.remove("parcel", "p1");
    await next().answer({}, 404);
    assert.ok(saved.error instanceof ApiError && saved.error.isMissing);
    const later = outcome(saver.save(parcel, "p1", named("name"), "b", "a"));
    await settled();
    await next().answer({}, 404);
    assert.equal(later.of, "refused");
    assert.equal(store.get("p1"), undefined);
  });

  test("that cannot be sent is shown as it was, and the reason told", async () => {
    const { saver, next, store } = saverWith(rec("p1", "1", { name: "a" }));
    const saved = outcome(saver.save(parcel, "p1", named("name"), "b", "a"));
    await settled();
    await next().fail();
    assert.ok(saved.error instanceof ApiError && saved.error.isPassing);
    assert.equal(store.get("p1")?.["name"], "a");
  });

  test("is unchanged though its digits are text in the API and a number here", async () => {
    const { saver, next } = saverWith(rec("p1", "1", { name: "12" }));
    const saved = outcome(saver.save(parcel, "p1", named("name"), 13, 12));
    await settled();
    await next().answer(rec("p1", "2", { name: "13" }));
    assert.equal(saved.of, "saved");
  });
});
