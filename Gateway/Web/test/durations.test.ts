import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { boundOf, conditionSentence } from "../src/core/conditions";
import { durationText, readDuration } from "../src/core/durations";
import { draftOf, valueOf } from "../src/core/fieldDraft";
import { fieldText, historyText } from "../src/core/fieldText";
import { field, names } from "./fixtures";

const said = (seconds: number) => durationText(seconds).replace(/\u00a0/g, " ");

describe("A length of work", () => {
  test("is written in hours and minutes", () => {
    assert.equal(said(0), "0 min");
    assert.equal(said(20), "less than a minute");
    assert.equal(said(45 * 60), "45 min");
    assert.equal(said(3600), "1 h");
    assert.equal(said(3600 * 1.5 + 20), "1 h 30 min");
    assert.equal(said(3600 - 1), "1 h");
    assert.equal(said(3600 * 1200), "1,200 h");
  });

  test("is read as people write it", () => {
    const written: readonly [string, number][] = [
      ["90", 5400],
      ["1:30", 5400],
      ["1.5", 5400],
      ["1,5 h", 5400],
      ["1h30", 5400],
      ["1 h 30 min", 5400],
      ["1 hour 30 minutes", 5400],
      ["90 min", 5400],
      ["45m", 2700],
      ["2 hrs", 7200],
    ];
    for (const [text, seconds] of written) assert.equal(readDuration(text), seconds, text);
    for (const text of ["", " ", "soon", "1:75", "-5", "h", "1 d"]) assert.equal(readDuration(text), null, text);
  });

  test("is read again from what is written", () => {
    for (const minutes of [0, 1, 59, 60, 61, 150]) {
      assert.equal(readDuration(durationText(minutes * 60)), minutes * 60);
    }
  });
});

describe("A field of seconds", () => {
  const estimate = field({ type: "integer", unit: "s", minimum: 0, maximum: 36_000 });
  const plain = (text: string) => text.replace(/\u00a0/g, " ");

  test("is written and typed as a length of time", () => {
    assert.equal(plain(fieldText(estimate, "5400", names)), "1 h 30 min");
    assert.equal(plain(historyText(estimate, "60", names)), "1 min");
    assert.equal(valueOf(estimate, "1:30"), "5400");
    assert.equal(valueOf(estimate, draftOf(estimate, "5400")), "5400");
    assert.equal(draftOf(estimate, null), "");
    assert.equal(valueOf(estimate, ""), null);
    const hint = "Enter a length of time such as 1:30 or 90 min, or leave it empty.";
    for (const text of ["soon", "11:00"]) {
      assert.throws(() => valueOf(estimate, text), (failure) => (failure as Error).message === hint);
    }
  });

  test("is filtered by lengths of time", () => {
    assert.equal(boundOf("1:30", estimate), "5400");
    assert.equal(boundOf("soon", estimate), null);
    const sentence = conditionSentence(estimate, { is: "between", from: "3600", to: "" }, names);
    assert.equal(plain(sentence), "Thing is at least 1 h");
  });
});
