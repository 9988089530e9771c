import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fieldText, historyText } from "../src/core/fieldText";
import { field, names } from "./fixtures";

describe("A value in words", () => {
  test("is nothing where there is none", () => {
    for (const type of ["text", "integer", "money", "date", "timestamp", "id"] as const) {
      assert.equal(fieldText(field({ type }), null, names), "");
      assert.equal(fieldText(field({ type }), undefined, names), "");
    }
    assert.equal(fieldText(field(), "", names), "");
    assert.equal(fieldText(field({ type: "texts" }), [], names), "");
  });

  test("keeps the digits of numbers of every size", () => {
    assert.equal(fieldText(field({ type: "integer" }), 0, names), "0");
    assert.equal(fieldText(field({ type: "integer" }), "9007199254740993", names), "9,007,199,254,740,993");
    assert.equal(fieldText(field({ type: "decimal" }), 0.0625, names), "0.0625");
    assert.equal(fieldText(field({ type: "decimal" }), 0.1 + 0.2, names), "0.3");
    const money = { amount_minor: "1500", currency: "KWD" };
    assert.match(fieldText(field({ type: "money" }), money, names), /1\.500/);
  });

  test("of a number is followed by what it counts", () => {
    const share = field({ type: "integer", unit: "%" });
    assert.equal(fieldText(share, 40, names), "40%");
    assert.equal(historyText(share, "1000", names), "1,000%");
    assert.equal(historyText(field({ type: "decimal", unit: "kg" }), "0.25", names), "0.25\u00a0kg");
    assert.equal(historyText(field({ type: "decimal", unit: "kg" }), "much", names), "much");
    assert.equal(fieldText(share, null, names), "");
  });

  test("says yes and no, and calls records and keys by their names", () => {
    assert.equal(fieldText(field({ type: "bool" }), false, names), "No");
    assert.equal(fieldText(field({ type: "bool" }), true, names), "Yes");
    assert.equal(fieldText(field({ picklist: "lead_status" }), "new", names), "NEW");
    assert.equal(fieldText(field({ choices: ["a"] }), "a", names), "A");
    assert.equal(fieldText(field({ type: "id", references: "member" }), "member_1", names), "MEMBER_1");
    assert.equal(fieldText(field({ type: "ids" }), ["a", "b"], names), "A, B");
  });

  test("of several is read in order, though one of them turns its direction", () => {
    const turning = fieldText(field({ type: "texts" }), ["a \u202egnp.exe", "b"], names);
    assert.equal(turning, "\u2068a \u202egnp.exe\u2069, b");
    assert.equal(fieldText(field({ type: "ids" }), ["עברית", "b"], names), "\u2068עברית\u2069, B");
  });

  test("is a day as the reader has it, and the text itself where that is no day", () => {
    assert.equal(fieldText(field({ type: "date" }), "2026-02-28", names), "Feb 28, 2026");
    assert.equal(fieldText(field({ type: "date" }), "2026-02-30", names), "2026-02-30");
    assert.match(fieldText(field({ type: "date" }), "0033-04-03", names), /Apr 3, 33/);
  });

  test("shows nothing of what screens do not know", () => {
    assert.equal(fieldText(field({ type: "messages" }), [{ secret: 1 }], names), "");
    assert.equal(fieldText(field({ type: "etag" }), "3", names), "3");
  });
});

describe("A value as history has it", () => {
  test("is written as elsewhere, from its text", () => {
    assert.equal(historyText(field({ type: "integer" }), "9007199254740993", names), "9,007,199,254,740,993");
    assert.equal(historyText(field({ type: "decimal" }), "0.25", names), "0.25");
    assert.equal(historyText(field({ type: "bool" }), "false", names), "No");
    assert.equal(historyText(field({ type: "money" }), "12.34 EUR", names), "12.34 EUR");
    assert.equal(historyText(field({ type: "texts" }), `["a","b, c"]`, names), "a, b, c");
    assert.equal(historyText(field({ picklist: "p" }), "new", names), "NEW");
  });

  test("is a time by day and hour, however long ago that is", () => {
    const soon = new Date(Date.now() + 60_000).toISOString();
    assert.match(historyText(field({ type: "timestamp" }), soon, names), /^\w{3} \d{1,2}, \d{4}, \d{1,2}:\d{2} [AP]M$/);
  });

  test("is its text where it is not what its field has", () => {
    assert.equal(historyText(undefined, "whatever", names), "whatever");
    assert.equal(historyText(field({ type: "integer" }), "many", names), "many");
    assert.equal(historyText(field({ type: "decimal" }), "1e999", names), "1e999");
    assert.equal(historyText(field({ type: "timestamp" }), "soon", names), "soon");
    assert.equal(historyText(field({ type: "texts" }), "[broken", names), "[broken");
    const nobody = { ...names, record: () => "" };
    assert.equal(historyText(field({ type: "id", references: "x" }), "x_1", nobody), "x_1");
  });
});
