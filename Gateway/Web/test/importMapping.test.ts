import "./browser";
import "../src/app/areas";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { importedKind } from "../src/areas/imports/kinds";
import { leadSchema } from "../src/core/api.generated";
import { fieldsOf } from "../src/core/fields";
import {
  fullMapping,
  importableFields,
  mappingGaps,
  namedColumns,
  remapped,
  sentColumns,
  sharedFields,
  systemKey,
} from "../src/core/importMapping";

const mapping = (...fields: string[]) =>
  fields.map((field, place) => ({ column: `Column ${place}`, field }));

/** What rows of a kind would lack, with columns that fill these fields. */
const gaps = (object: string, fields: readonly string[], external_id_column = "") =>
  mappingGaps(importedKind(object), { mapping: mapping(...fields), external_id_column });

describe("What a column can fill", () => {
  const names = (object: string) => importableFields(importedKind(object)).map((field) => field.name);

  test("are texts, numbers, days and entries of lists, and no record but those that a file can name", () => {
    const deal = names("deal");
    for (const name of ["name", "amount", "stage", "probability", "start_date", "win_reason", "description"]) {
      assert.ok(deal.includes(name), name);
    }
    for (const name of ["account_id", "pipeline_id", "owner_id"]) assert.ok(deal.includes(name), name);
    for (const name of ["team_id", "contacts", "lead_id", "status", "rank", "id", "etag"]) {
      assert.ok(!deal.includes(name), name);
    }
    assert.ok(!names("lead").includes("owner_id"));
    assert.ok(names("contact").includes("reports_to_id"));
  });

  test("are also parts of addresses", () => {
    const city = importableFields(importedKind("account")).find(({ name }) => name === "billing_address.city");
    assert.equal(city?.label, "Billing address: city");
  });

  test("are told once", () => {
    for (const object of ["lead", "account", "contact", "deal"]) {
      assert.equal(new Set(names(object)).size, names(object).length);
    }
  });
});

describe("A mapping", () => {
  test("needs a name or a company, and a way to reach the lead", () => {
    assert.deepEqual(gaps("lead", ["city"]), [
      "No column fills Last name or Company: every row would be refused.",
      "No column fills E-mail or Phone: every row would be refused.",
    ]);
    assert.equal(gaps("lead", ["last_name"]).length, 1);
    assert.deepEqual(gaps("lead", ["company_name", "phone"]), []);
  });

  test("needs what a deal can be called by: a name, an account, or the id of the row", () => {
    assert.deepEqual(gaps("deal", ["amount"]), ["No column fills Name or Account: every row would be refused."]);
    assert.deepEqual(gaps("deal", ["account_id"]), []);
    assert.deepEqual(gaps("deal", ["amount"], "opportunity_id"), []);
    assert.equal(gaps("account", ["industry"], "account_id").length, 1);
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

test("A column without a heading is not told to the service, which knows columns by them", () => {
  const columns = [
    { column: "A", field: "email" },
    { column: "", field: "" },
  ];
  assert.deepEqual(namedColumns(columns), [{ column: "A", field: "email" }]);
});

test("A column that fills nothing is only sent beside one that identifies the rows", () => {
  const columns = [
    { column: "A", field: "email" },
    { column: "Id", field: "" },
  ];
  assert.deepEqual(sentColumns({ mapping: columns, external_id_column: "Id" }), columns);
  assert.deepEqual(sentColumns({ mapping: columns, external_id_column: "" }), columns.slice(0, 1));
});

describe("The name of a source system", () => {
  test("is made of what the API takes", () => {
    assert.equal(systemKey("  Old CRM (2019) "), "old_crm_2019");
    assert.equal(systemKey("…"), "");
  });
});
