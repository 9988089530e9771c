import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isLetter, Typeahead } from "../src/core/typeahead";

const labels = ["Edit", "Copy", "Éclair", "Close", "Delete"];

describe("Typing letters in a list", () => {
  test("goes to the next entry with that letter, round the end", () => {
    const typing = new Typeahead();
    assert.equal(typing.find(labels, 0, "e", 0), 2);
    assert.equal(typing.find(labels, 2, "e", 100), 0);
  });

  test("narrows by letters in quick succession and begins anew after a pause", () => {
    const typing = new Typeahead();
    assert.equal(typing.find(labels, 0, "c", 0), 1);
    assert.equal(typing.find(labels, 1, "l", 100), 3);
    assert.equal(typing.find(labels, 3, "d", 2000), 4);
    assert.equal(typing.find(labels, 4, "x", 2100), -1);
  });

  test("knows letters from shortcuts and keys with names", () => {
    const key = (name: string, ctrlKey = false) => ({
      key: name,
      ctrlKey,
      metaKey: false,
      altKey: false,
    });
    assert.equal(isLetter(key("ä")), true);
    assert.equal(isLetter(key("c", true)), false);
    assert.equal(isLetter(key("Enter")), false);
    assert.equal(isLetter(key(" ")), false);
  });
});
