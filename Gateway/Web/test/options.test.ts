import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  groupedOptions,
  matchingOptions,
  namedOption,
  nextOption,
  type Option,
} from "../src/core/options";

const names = (options: readonly Option[]) => options.map((option) => option.label);
const people: Option[] = [
  { value: "1", label: "Ada Lovelace", detail: "ada@example.com" },
  { value: "2", label: "Jürgen Adams" },
  { value: "3", label: "Grace Hopper", disabled: true },
  { value: "4", label: "Bo\u202eb" },
];

describe("Choosing by text", () => {
  test("finds words by their beginnings, whatever case and accents", () => {
    assert.deepEqual(names(matchingOptions(people, "JUR")), ["Jürgen Adams"]);
    assert.deepEqual(names(matchingOptions(people, "love ada")), ["Ada Lovelace"]);
    assert.deepEqual(names(matchingOptions(people, "dams")), []);
    assert.deepEqual(names(matchingOptions(people, "bob")), ["Bo\u202eb"]);
  });

  test("finds by the second line too", () => {
    assert.deepEqual(names(matchingOptions(people, "example")), ["Ada Lovelace"]);
  });

  test("puts names that begin with the text first and keeps the order otherwise", () => {
    const turned = [people[1], people[0]] as Option[];
    assert.deepEqual(names(matchingOptions(turned, "ada")), ["Ada Lovelace", "Jürgen Adams"]);
    assert.deepEqual(matchingOptions(people, "  "), people);
  });

  test("takes a text for an option only when it names one in full and one alone", () => {
    assert.equal(namedOption(people, "jurgen adams")?.value, "2");
    assert.equal(namedOption(people, "jurgen"), undefined);
    assert.equal(namedOption(people, "Grace Hopper"), undefined);
    assert.equal(namedOption([...people, { value: "5", label: "ADA LOVELACE" }], "Ada Lovelace"), undefined);
  });

  test("keeps groups together where the first of each stands", () => {
    const options: Option[] = [
      { value: "a", label: "A" },
      { value: "b", label: "B", group: "Closed" },
      { value: "c", label: "C" },
      { value: "d", label: "D", group: "Closed" },
    ];
    assert.deepEqual(
      groupedOptions(options).map((group) => [group.title, names(group.options)]),
      [["", ["A", "C"]], ["Closed", ["B", "D"]]],
    );
  });

  test("moves past what cannot be chosen and round the ends", () => {
    assert.equal(nextOption(people, 1, 1), 3);
    assert.equal(nextOption(people, 3, 1), 0);
    assert.equal(nextOption(people, 0, -1), 3);
    assert.equal(nextOption(people, -1, 1), 0);
    assert.equal(nextOption([], -1, 1), -1);
    assert.equal(nextOption([{ value: "x", label: "X", disabled: true }], -1, 1), -1);
  });
});
