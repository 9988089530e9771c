import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { all, isOneOf, literal, namesIn } from "../src/core/cel";

describe("Building a CEL condition", () => {
  test("a value cannot end its literal", () => {
    assert.equal(literal(`a" || true || "`), String.raw`"a\" || true || \""`);
    assert.equal(literal("a\\"), String.raw`"a\\"`);
    assert.equal(literal("two\r\nlines\u0007"), String.raw`"two\r\nlines\u0007"`);
  });

  test("letters of any script stay as they are", () => {
    assert.equal(literal("Zürich 東京 😀"), `"Zürich 東京 😀"`);
  });

  test("one value is compared, several are a list, none is no condition", () => {
    assert.equal(isOneOf("status", ["new"]), `status == "new"`);
    assert.equal(isOneOf("status", ["new", "dead"]), `status in ["new", "dead"]`);
    assert.equal(isOneOf("status", []), "");
  });

  test("conditions are joined, empty ones left out", () => {
    assert.equal(all(["a == 1", "", "b == 2"]), "a == 1 && b == 2");
    assert.equal(all(["", ""]), "");
  });
});

test("The names in a condition are those of fields, whatever its texts and functions are called", () => {
  const names = (condition: string) => [...namesIn(condition)];
  assert.deepEqual(names("!has_a || has_b && has_a"), ["has_a", "has_b"]);
  assert.deepEqual(names(`name.containsLoosely("has_b \\" x") && size(labels) > 1e3`), ["name", "labels"]);
  assert.deepEqual(names("custom.tier in ['a', 'b'] && amount.currency == \"USD\" && won != null"), [
    "custom",
    "amount",
    "won",
  ]);
  assert.deepEqual(names("true"), []);
});
