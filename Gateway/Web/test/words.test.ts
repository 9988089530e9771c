import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { plural, words } from "../src/core/words";

describe("Words with a count", () => {
  test("agree with it", () => {
    assert.equal(plural(1, "choice", "choices"), "1 choice");
    assert.equal(plural(0, "choice", "choices"), "0 choices");
    assert.match(words.choice.found(2000), /^2.000 choices$/);
  });

  test("of dates name the parts in the order of the locale", () => {
    assert.equal(words.date.pattern("en-US"), "MM/DD/YYYY");
    assert.equal(words.date.pattern("de-DE"), "DD.MM.YYYY");
    assert.equal(words.date.pattern("sv-SE"), "YYYY-MM-DD");
    assert.equal(words.date.pattern("th-TH"), "DD/MM/YYYY");
  });
});
