import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fieldsOf, isFilled, sameValue, wordsOf } from "../src/core/fields";
import { field } from "./fixtures";

describe("A field's kind", () => {
  test("follows from its declaration and never from its name", () => {
    assert.equal(field({ type: "text" }, "email").kind, "text");
    assert.equal(field({ format: "email" }, "x").kind, "email");
    assert.equal(field({ format: "paragraph" }).kind, "lines");
    assert.equal(field({ format: "verbatim" }).kind, "lines");
    assert.equal(field({ format: "condition" }).kind, "code");
    assert.equal(field({ type: "timestamp" }).kind, "moment");
    assert.equal(field({ type: "ids", references: "member" }).kind, "references");
  });

  test("is a list to choose from wherever there is one, whatever holds the key", () => {
    assert.equal(field({ type: "text", picklist: "lead_status" }).kind, "picklist");
    assert.equal(field({ type: "choice", choices: ["a"] }).kind, "choice");
    assert.equal(field({ type: "integer", choices: ["1"] }).kind, "choice");
  });

  test("is one that screens leave alone where they would not know what to do", () => {
    assert.equal(field({ type: "id" }).kind, "other");
    for (const type of ["etag", "message", "messages", "custom"] as const) {
      assert.equal(field({ type }).kind, "other");
    }
  });

  test("is known for every field of a schema, in its order", () => {
    const fields = fieldsOf({
      b: { label: "B", type: "bool" },
      a: { label: "A", type: "money" },
      c: { label: "C", type: "text" },
    });
    assert.deepEqual([...fields.keys()], ["b", "a", "c"]);
    assert.equal(fields.get("toString"), undefined);
  });
});

test("a field is called what its declaration says, else what its name does", () => {
  const names = ["id", "owner_id", "contact_ids", "expected_close_date", "create_time", "paid"];
  const schema = Object.fromEntries(names.map((name) => [name, { type: "text" } as const]));
  const labels = [...fieldsOf({ ...schema, email: { label: "E-mail", type: "text" } }).values()].map(
    ({ label }) => label,
  );
  assert.deepEqual(labels, ["Id", "Owner", "Contact", "Expected close date", "Created", "Paid", "E-mail"]);
});

describe("A value", () => {
  test("says something, unless it is empty or a flag that is not set", () => {
    for (const value of ["x", 0, true, ["x"], { amount_minor: "0", currency: "EUR" }]) {
      assert.ok(isFilled(value));
    }
    for (const value of [undefined, null, "", false, []]) assert.ok(!isFilled(value));
  });

  test("is the same as another to a reader, whether text or number holds its digits", () => {
    assert.ok(sameValue("9007199254740993", "9007199254740993"));
    assert.ok(sameValue(12, "12"));
    assert.ok(sameValue("", null));
    assert.ok(sameValue(undefined, ""));
    assert.ok(sameValue(["a", "b"], ["a", "b"]));
    assert.ok(!sameValue(["a", "b"], ["b", "a"]));
    assert.ok(!sameValue(0, null));
    assert.ok(!sameValue(false, null));
    assert.ok(!sameValue("null", null));
  });
});

describe("A key in words", () => {
  test("begins with a capital", () => {
    assert.equal(wordsOf("very_hot"), "Very hot");
    assert.equal(wordsOf(""), "");
  });
});
