import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lead } from "../src/areas/leads/lead";
import { leadSchema } from "../src/core/api.generated";
import { fieldsOf } from "../src/core/fields";
import {
  fullMapping,
  mappingGaps,
  remapped,
  sharedFields,
  systemKey,
} from "../src/core/importMapping";

const mapping = (...fields: string[]) =>
  fields.map((field, place) => ({ column: `Column ${place}`, field }));

describe("A mapping", () => {
  test("needs a name or a company, and a way to reach the lead", () => {
    assert.deepEqual(mappingGaps(lead, mapping("city")), [
      "No column fills Last name or Company: every row would be refused.",
      "No column fills E-mail or Phone: every row would be refused.",
    ]);
    assert.equal(mappingGaps(lead, mapping("last_name")).length, 1);
    assert.deepEqual(mappingGaps(lead, mapping("company_name", "phone")), []);
  });

  test("tells the fields that several columns fill", () => {
    const fields = [...fieldsOf(leadSchema).values()];
    const names = sharedFields(fields, mapping("phone", "", "phone", "")).map((field) => field.name);
    assert.deepEqual(names, ["phone"]);
  });

  test("changes one column only, even when two have the same heading", () => {
    const twins = [
      { column: "Phone", field: "phone" },
      { column: "Phone", field: "" },
    ];
    assert.deepEqual(remapped(twins, 1, "email"), [
      { column: "Phone", field: "phone" },
      { column: "Phone", field: "email" },
    ]);
  });

  test("has an entry for every column of the file", () => {
    const full = fullMapping(["A", "B", ""], [{ column: "B", field: "email" }]);
    assert.deepEqual(full, [
      { column: "A", field: "" },
      { column: "B", field: "email" },
      { column: "", field: "" },
    ]);
  });
});

describe("The name of a source system", () => {
  test("is made of what the API takes", () => {
    assert.equal(systemKey("  Old CRM (2019) "), "old_crm_2019");
    assert.equal(systemKey("…"), "");
  });
});
