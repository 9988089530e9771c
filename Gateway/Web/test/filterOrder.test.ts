import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { filterOptions, readFilterUses, withFilterUse } from "../src/core/filterOrder";
import { recordKind } from "../src/core/recordKind";
import { parcel } from "./fixtureKind";

const crate = recordKind({
  object: "crate",
  one: "crate",
  many: "crates",
  decode: (raw) => raw as Record<string, unknown>,
  schema: {
    name: { label: "Name", type: "text" },
    size: { label: "Size", type: "integer" },
    city: { label: "City", type: "text" },
    street: { label: "Street", type: "text" },
    made_by: { label: "Made by", type: "text" },
    parts: { label: "Parts", type: "messages" },
  },
  columns: ["name", { id: "size" }, { id: "made_by", isChosen: false }],
  groups: [{ title: "Address", fields: ["street", "city", "name"] }],
});

function listed(kind: typeof crate, shown: readonly string[], uses = {}): string[] {
  return filterOptions(kind, shown, uses).map(({ group, value }) => `${group ?? ""}: ${value}`);
}

describe("The fields that a list offers to filter by", () => {
  test("are those of its columns, then the groups of its page, then the others, each once", () => {
    assert.deepEqual(listed(crate, []), [
      "Suggested: name",
      "Suggested: size",
      "Address: street",
      "Address: city",
      "Other: made_by",
    ]);
  });

  test("leave out what is there already", () => {
    assert.deepEqual(listed(crate, ["name", "street", "city"]), ["Suggested: size", "Other: made_by"]);
  });

  test("begin with what was used most", () => {
    const uses = ["city", "made_by", "made_by"].reduce(withFilterUse, {});
    assert.deepEqual(listed(crate, [], uses).slice(0, 4), [
      "Suggested: made_by",
      "Suggested: city",
      "Suggested: name",
      "Suggested: size",
    ]);
  });

  test("suggest a few only", () => {
    const uses = [...parcel.fields.keys()].reduce(withFilterUse, {});
    const suggested = filterOptions(parcel, [], uses).filter((option) => option.group === "Suggested");
    assert.equal(suggested.length, 6);
  });
});

describe("What a device keeps of the filters that were added", () => {
  test("is read back", () => {
    const uses = withFilterUse(withFilterUse({}, "city"), "city");
    assert.deepEqual(readFilterUses(crate, JSON.stringify(uses)), { city: 2 });
  });

  test("is nothing where it is of another shape", () => {
    for (const text of [null, "", "null", "[1]", '"city"', '{"city":"2","size":1.5,"unknown":3}', "{"]) {
      assert.deepEqual(readFilterUses(crate, text), {}, String(text));
    }
  });

  test("counts nothing that every object has", () => {
    assert.deepEqual(withFilterUse({}, "constructor"), { constructor: 1 });
  });
});
