import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Drafts, forgetDrafts, PageStorage } from "../src/core/drafts";

describe("Drafts of forms", () => {
  test("come back for their member and their form alone", () => {
    const storage = new PageStorage();
    new Drafts(storage, "m1").write("new lead", { changes: { email: "a@b.c" }, key: "k" });
    assert.deepEqual(new Drafts(storage, "m1").read("new lead")?.changes, { email: "a@b.c" });
    assert.equal(new Drafts(storage, "m1").read("new lead")?.key, "k");
    assert.equal(new Drafts(storage, "m1").read("new rule"), null);
    assert.equal(new Drafts(storage, "m2").read("new lead"), null);
  });

  test("of other members go when one signs in, all of them when one signs out", () => {
    const storage = new PageStorage();
    storage.setItem("leadmesh.navigation", "narrow");
    const mine = new Drafts(storage, "m1");
    mine.write("new lead", { changes: { email: "mine" } });
    new Drafts(storage, "m12").write("new lead", { changes: { email: "theirs" } });
    mine.forgetOthers();
    assert.equal(storage.length, 2);
    assert.ok(mine.read("new lead") !== null);
    forgetDrafts(storage);
    assert.equal(storage.length, 1);
    assert.equal(storage.getItem("leadmesh.navigation"), "narrow");
  });

  test("that are too long are not kept, nor the shorter one before", () => {
    const drafts = new Drafts(new PageStorage(), "m1");
    assert.equal(drafts.write("note", { changes: { text: "short" } }), true);
    assert.equal(drafts.write("note", { changes: { text: "x".repeat(100_000) } }), false);
    assert.equal(drafts.read("note"), null);
  });

  test("make room for new ones, the oldest first", () => {
    const storage = new PageStorage();
    let time = 1000;
    const drafts = new Drafts(storage, "m1", () => (time += 1));
    for (let form = 0; form < 31; form += 1) drafts.write(`f${form}`, { changes: { a: form } });
    assert.equal(storage.length, 30);
    assert.equal(drafts.read("f0"), null);
    assert.ok(drafts.read("f1") !== null);
    assert.ok(drafts.read("f30") !== null);
  });

  test("that are no drafts, or that a browser refuses to keep, do no harm", () => {
    const storage = new PageStorage();
    const drafts = new Drafts(storage, "m1");
    for (const text of ["{", "7", '{"changes":[]}', '{"changes":{},"key":4}']) {
      storage.setItem("leadmesh.draft/m1/x", text);
      assert.equal(drafts.read("x"), null);
    }
    storage.setItem = () => {
      throw new Error("QuotaExceededError");
    };
    assert.equal(drafts.write("x", { changes: { a: 1 } }), false);
  });
});
