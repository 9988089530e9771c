import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { boardKeys } from "../src/core/boardColumns";
import type { Condition } from "../src/core/conditions";
import { fieldsOf } from "../src/core/fields";
import { parcel } from "./fixtureKind";

const fields = fieldsOf({
  carrier: { label: "Carrier", type: "text", choices: ["ship", "rail", "road"] },
  status: { label: "Status", type: "text", picklist: "parcel_status" },
});
const entries = [
  { key: "packed", active: true },
  { key: "lost", active: false },
  { key: "arrived", active: true },
];

function keys(name: string, condition?: Condition): readonly string[] {
  const field = fields.get(name);
  if (field === undefined) throw new Error(name);
  return boardKeys(field, entries, condition);
}

describe("The columns of a board", () => {
  test("by a field with choices are these, in the order of their declaration", () => {
    assert.deepEqual(keys("carrier"), ["ship", "rail", "road"]);
    assert.equal(parcel.board?.name, "carrier");
  });

  test("by a field with a list are its entries in use", () => {
    assert.deepEqual(keys("status"), ["packed", "arrived"]);
  });

  test("are those that a condition on the field names", () => {
    assert.deepEqual(keys("carrier", { is: "oneOf", values: ["road", "ship", "sleigh"] }), ["ship", "road"]);
    assert.deepEqual(keys("status", { is: "oneOf", values: ["lost"] }), ["lost"]);
  });
});
