import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { words } from "../src/words/parts";
import { counted, plural } from "../src/words/counts";
import { words as dates } from "../src/words/datePickers";
import { words as moving } from "../src/words/moving";
import { isolated, listed } from "../src/words/sentences";

describe("Words with a count", () => {
  test("agree with it", () => {
    assert.equal(plural(1, "choice", "choices"), "1 choice");
    assert.equal(plural(0, "choice", "choices"), "0 choices");
    assert.match(words.choice.found(2000), /^2.000 choices$/);
  });

  test("of records have a plus where there are more", () => {
    const lead = { one: "lead", many: "leads" };
    assert.equal(counted(1000, lead, true), "1,000+ leads");
    assert.equal(counted(1, lead, true), "1+ leads");
    assert.equal(counted(1, lead), "1 lead");
    assert.equal(counted("0", lead), "0 leads");
  });

  test("of dates name the parts in the order of the locale", () => {
    assert.equal(dates.pattern("en-US"), "MM/DD/YYYY");
    assert.equal(dates.pattern("de-DE"), "DD.MM.YYYY");
    assert.equal(dates.pattern("sv-SE"), "YYYY-MM-DD");
    assert.equal(dates.pattern("th-TH"), "DD/MM/YYYY");
  });
});

describe("A name within a sentence", () => {
  test("stays as it is where it runs like the sentence", () => {
    assert.equal(isolated("Jürgen Müller"), "Jürgen Müller");
    assert.equal(moving.sorting.handle("New"), "Move New");
  });

  test("does not turn the words around it", () => {
    assert.equal(isolated("محمد"), "\u2068محمد\u2069");
    assert.equal(words.choice.removed("x\u202ey"), "\u2068x\u202ey\u2069 removed");
  });

  test("cannot end its own isolation", () => {
    assert.equal(isolated("a\u2069\u202eb"), "\u2068a\u202eb\u2069");
  });
});

describe("An enumeration", () => {
  test("has its word before the last", () => {
    assert.equal(listed([]), "");
    assert.equal(listed(["A"]), "A");
    assert.equal(listed(["A", "B"]), "A and B");
    assert.equal(listed(["A", "B", "C"], "disjunction"), "A, B or C");
  });
});
