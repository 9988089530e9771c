import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Draft, draftOf, isLike, valueOf } from "../src/core/fieldDraft";
import type { Field } from "../src/core/fields";
import { Refusal } from "../src/core/problem";
import { field } from "./fixtures";

const refused = (of: Field, draft: Draft, says: RegExp) =>
  assert.throws(
    () => valueOf(of, draft),
    (error) => error instanceof Refusal && says.test(error.message),
  );

const integer = field({ type: "integer" });
const money = field({ type: "money" });
const moment = field({ type: "timestamp" });

describe("What is typed into a field", () => {
  test("is the value that is shown, when nothing is changed", () => {
    const values: [Field, unknown][] = [
      [field(), "Ada"],
      [integer, 12],
      [integer, "9007199254740993"],
      [field({ type: "decimal" }), 0.1],
      [field({ type: "bool" }), true],
      [money, { amount_minor: "123450", currency: "EUR" }],
      [money, { amount_minor: "5000", currency: "JPY" }],
      [money, { amount_minor: "-1234567", currency: "KWD" }],
      [field({ type: "date" }), "2026-02-28"],
      [moment, "2026-03-29T01:30:00Z"],
      [moment, "2026-03-29T01:30:15.250251Z"],
      [field({ type: "texts" }), ["a", "b"]],
      [field({ picklist: "p" }), "new"],
    ];
    for (const [of, value] of values) assert.deepEqual(valueOf(of, draftOf(of, value)), value);
  });

  test("is nothing where it is left empty", () => {
    for (const of of [integer, money, moment, field({ type: "decimal" })]) {
      assert.equal(valueOf(of, draftOf(of, null)), null);
    }
    assert.equal(valueOf(field(), "  "), "");
    assert.equal(valueOf(field({ type: "date" }), ""), "");
    assert.deepEqual(valueOf(field({ type: "texts" }), draftOf(field({ type: "texts" }), undefined)), []);
  });

  test("has no blanks around it", () => {
    assert.equal(valueOf(field(), " Ada "), "Ada");
  });
});

describe("A whole number", () => {
  test("keeps all its digits: as text where a number would lose some", () => {
    assert.equal(valueOf(integer, "9007199254740991"), 9007199254740991);
    assert.equal(valueOf(integer, "9007199254740993"), "9007199254740993");
    assert.equal(valueOf(integer, "−3"), -3);
    assert.equal(valueOf(integer, "1,234,567"), 1234567);
  });

  test("is refused rather than guessed at", () => {
    for (const text of ["1.5", "1.234,5", "1,5", "1e9", "twelve", "9223372036854775808"]) {
      refused(integer, text, /^Enter a (whole )?number.*, or leave it empty\.$/);
    }
  });

  test("is held to its bounds, in words", () => {
    const bounded = field({ type: "integer", minimum: 1, maximum: 1000 });
    refused(bounded, "0", /from 1 to 1,000, or leave it empty/);
    refused(bounded, "1001", /from 1 to 1,000/);
    refused(field({ type: "integer", minimum: 0 }), "-1", /at least 0/);
    refused(field({ type: "integer", maximum: 9 }), "10", /at most 9/);
    refused(field({ type: "integer", maximum: Number.MAX_SAFE_INTEGER }), "9007199254740993", /at most/);
    assert.equal(valueOf(bounded, "1000"), 1000);
  });

  test("is the same with what it counts behind it", () => {
    const share = field({ type: "integer", maximum: 100, unit: "%" });
    for (const text of ["40", " 40% ", "40 %"]) assert.equal(valueOf(share, text), 40);
    refused(share, "101 %", /at most 100/);
    refused(share, "40 kg", /whole number/);
    assert.equal(valueOf(share, " % "), null);
  });

  test("that is needed is asked for", () => {
    refused(field({ type: "integer", required: true }), " ", /^Enter a whole number\.$/);
    refused(field({ type: "money", required: true }), { amount: "", currency: "EUR" }, /^Enter an amount\.$/);
    refused(field({ type: "date", required: true }), "", /^Enter a day\.$/);
  });
});

describe("A decimal number", () => {
  const decimal = field({ type: "decimal" });

  test("has a point, and nothing else that might be one", () => {
    assert.equal(valueOf(decimal, ".5"), 0.5);
    assert.equal(valueOf(decimal, "1 234.25"), 1234.25);
    refused(decimal, "1.234,5", /^Enter a number/);
    refused(decimal, "1,5", /^Enter a number/);
    refused(decimal, `${"9".repeat(400)}`, /^Enter a number/);
  });
});

describe("An amount of money", () => {
  const of = (amount: string, currency: string) => valueOf(money, { amount, currency });

  test("has the digits of its currency", () => {
    assert.deepEqual(of("1,000", "jpy"), { amount_minor: "1000", currency: "JPY" });
    assert.deepEqual(of("1.5", "KWD"), { amount_minor: "1500", currency: "KWD" });
    assert.deepEqual(of("−0.05", " eur "), { amount_minor: "-5", currency: "EUR" });
    assert.deepEqual(of("90071992547409.93", "USD"), { amount_minor: "9007199254740993", currency: "USD" });
    refused(money, { amount: "1.5", currency: "JPY" }, /^Enter an amount without decimals, or leave it empty\.$/);
    refused(money, { amount: "1.2345", currency: "KWD" }, /^Enter an amount with at most 3 decimals, or/);
    refused(money, { amount: "1.234,5", currency: "EUR" }, /^Enter an amount such as 1,250,000\.50, or/);
    refused(money, { amount: "1.234,5", currency: "JPY" }, /^Enter an amount such as 1,250,000, or/);
    refused(money, { amount: "92233720368547758.08", currency: "EUR" }, /^Enter a smaller amount, or leave it empty\.$/);
  });

  test("needs a currency of three letters", () => {
    for (const currency of ["", "EU", "EURO", "€", "E1R"]) {
      refused(money, { amount: "1", currency }, /currency of three letters/);
    }
  });

  test("is held to its bounds in its own units", () => {
    const bounded = field({ type: "money", minimum: 150, maximum: 100_000 });
    refused(bounded, { amount: "1.49", currency: "EUR" }, /from 1\.50 to 1000/);
    refused(bounded, { amount: "149", currency: "JPY" }, /from 150 to 100000/);
    assert.deepEqual(valueOf(bounded, { amount: "1.50", currency: "EUR" }), {
      amount_minor: "150",
      currency: "EUR",
    });
  });

  test("begins with the currency that is given", () => {
    assert.deepEqual(draftOf(money, null, { locale: "de-CH", currency: "CHF" }), { amount: "", currency: "CHF" });
  });
});

describe("A day and a time", () => {
  test("are refused where they are none", () => {
    for (const text of ["2026-13-01T00:00:00Z", "2026-11-27", "tomorrow"]) {
      refused(moment, text, /day and a time/);
    }
    refused(field({ type: "date" }), "2026-02-30", /Enter a day/);
  });
});

describe("What was kept of a field", () => {
  test("is taken only where it is of the field's kind", () => {
    const money = { amount: "1", currency: "USD" };
    for (const good of [["a", ""], [["a"], []], [true, false], [money, { ...money, amount: "" }]] as const) {
      assert.ok(isLike(good[0], good[1] as Draft), String(good[0]));
    }
    for (const bad of [[1, ""], [null, money], [[1], []], ["a", []], [["a"], money], [{ amount: 1 }, money]] as const) {
      assert.ok(!isLike(bad[0], bad[1] as unknown as Draft), JSON.stringify(bad));
    }
  });
});
