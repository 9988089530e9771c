import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { allToggled, extended, isChosen, kept, nothingChosen, type Selection, toggled } from "../src/core/selection";

const order = ["a", "b", "c", "d", "e"];
const chosen = (selection: Selection) => order.filter((id) => isChosen(selection, id)).join("");

describe("A record", () => {
  test("is chosen, and chosen no more", () => {
    const one = toggled(nothingChosen, "b");
    assert.equal(chosen(one), "b");
    assert.equal(chosen(toggled(one, "b")), "");
    assert.equal(chosen(nothingChosen), "");
  });
});

describe("A range", () => {
  test("goes from where it began to where one goes, either way, and keeps what was chosen", () => {
    const from = toggled(toggled(nothingChosen, "a"), "c");
    assert.equal(chosen(extended(from, "e", order)), "acde");
    assert.equal(chosen(extended(from, "b", order)), "abc");
    assert.equal(chosen(extended(extended(from, "e", order), "b", order)), "abcde");
    assert.equal(chosen(extended(from, "c", order)), "ac");
  });

  test("begins where one is when its beginning is no longer there", () => {
    const none = extended(nothingChosen, "c", order);
    assert.equal(chosen(none), "c");
    assert.equal(none.anchor, "c");
    const gone = toggled(nothingChosen, "gone");
    assert.equal(chosen(extended(gone, "d", order)), "d");
    assert.equal(chosen(extended(toggled(nothingChosen, "a"), "unknown", order)), "a");
  });

  test("does not give up a row that was chosen before", () => {
    const one = toggled(nothingChosen, "c");
    assert.equal(chosen(extended({ ...one, anchor: "gone" }, "c", order)), "c");
  });
});

describe("All rows", () => {
  test("are chosen when some are, and none when all were", () => {
    assert.equal(chosen(allToggled(toggled(nothingChosen, "b"), order)), "abcde");
    assert.equal(chosen(allToggled(allToggled(nothingChosen, order), order)), "");
    assert.equal(chosen(allToggled(nothingChosen, [])), "");
  });

  test("that match are more than those that are loaded, until one is taken out", () => {
    const all: Selection = { ...allToggled(nothingChosen, order), isAll: true };
    assert.ok(isChosen(all, "not loaded"));
    const without = toggled(all, "c");
    assert.ok(!without.isAll);
    assert.equal(chosen(without), "abde");
    assert.ok(!isChosen(without, "not loaded"));
    assert.equal(chosen(allToggled(all, order)), "");
  });
});

describe("What leaves a list", () => {
  test("is chosen no more, and the rest stays as it is", () => {
    const some = toggled(toggled(nothingChosen, "b"), "d");
    assert.equal(chosen(kept(some, ["a", "d"])), "d");
    assert.equal(kept(some, order), some);
    const all: Selection = { ...some, isAll: true };
    assert.equal(kept(all, []), all);
  });
});
