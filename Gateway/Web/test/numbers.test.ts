import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fits64, isLess, plainNumber } from "../src/core/numbers";

describe("A number that somebody typed", () => {
  test("is read with spaces, commas or apostrophes between its thousands", () => {
    for (const text of ["1234567.5", "1,234,567.5", "1 234 567.5", "1'234’567.5", "1\u00a0234\u202f567.5"]) {
      assert.equal(plainNumber(text), "1234567.5");
    }
  });

  test("may be below zero, with whichever dash, and begin or end with its point", () => {
    assert.equal(plainNumber("−3"), "-3");
    assert.equal(plainNumber("-3"), "-3");
    assert.equal(plainNumber(".5"), "0.5");
    assert.equal(plainNumber("5."), "5");
    assert.equal(plainNumber("-0"), "0");
    assert.equal(plainNumber("007"), "7");
    assert.equal(plainNumber("0"), "0");
    assert.equal(plainNumber("1.50"), "1.50");
  });

  test("keeps every digit, however many there are", () => {
    assert.equal(plainNumber("9007199254740993"), "9007199254740993");
    assert.equal(plainNumber("0.1234567890123456789"), "0.1234567890123456789");
  });

  test("is not guessed at", () => {
    const texts = ["1.234,5", "1,5", "12,34", "1,2345", ",5", "1.2.3", "1e9", "0x10", "--1", "1-", "٣", ".", "", "-"];
    for (const text of [...texts, "NaN", "Infinity", "½", "1,,000", "1_000"]) {
      assert.equal(plainNumber(text), null, text);
    }
  });

  test("fits in 64 bits or does not", () => {
    assert.ok(fits64("9223372036854775807"));
    assert.ok(!fits64("9223372036854775808"));
    assert.ok(!fits64("-9223372036854775808.5"));
  });

  test("compares exactly where a number of the language would not", () => {
    assert.ok(isLess("9007199254740992", "9007199254740993"));
    assert.ok(!isLess("9007199254740993", "9007199254740992"));
    assert.ok(isLess("-1.5", "1"));
  });
});
