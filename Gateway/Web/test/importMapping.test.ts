import "./browser";
import "../src/app/areas";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { importedKind } from "../src/areas/imports/kinds";
import { leadSchema } from "../src/core/api.generated";
import { fieldsOf } from "../src/core/fields";
import {
  fromSystem,
  importableFields,
  mappingGaps,
  sentColumns,
  sharedFields,
  systemKey,
  targetLabel,
  targetsOf,
} from "../src/core/importMapping";
import { sourceOptions } from "../src/core/importSources";
import { words as sources } from "../src/words/importSources";
import { column } from "./importFixtures";

/** What rows of a kind would lack, with columns that fill these fields. */
const gaps = (object: string, fields: readonly string[], external_id_column = "") =>
  mappingGaps(importedKind(object), { fields, external_id_column });

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
    assert.ok(names("lead").includes("owner_id"));
    assert.ok(names("task").includes("project_id"));
    assert.ok(names("contact").includes("reports_to_id"));
  });

  test("are also parts of addresses", () => {
    const city = importableFields(importedKind("account")).find(({ name }) => name === "billing_address.city");
    assert.equal(city?.label, "Billing address: city");
  });

  test("are told once", () => {
    for (const object of ["lead", "account", "contact", "deal", "task"]) {
      assert.equal(new Set(names(object)).size, names(object).length);
    }
  });
});

describe("What a column can say besides a field", () => {
  const meanings = (object: string) =>
    targetsOf(importedKind(object)).filter(({ isMeaning }) => isMeaning).map(({ name }) => name);

  test("depends on what the records have", () => {
    for (const name of ["name", "dial_code", "house_number", "may_email", "do_not_contact", "create_time"]) {
      assert.ok(meanings("lead").includes(name), name);
    }
    assert.ok(!meanings("account").includes("name"));
    assert.ok(meanings("account").includes("street_more"));
    assert.deepEqual(meanings("task"), ["create_time", "first_contact_time", "last_contact_time"]);
  });

  test("has a name like fields have", () => {
    assert.equal(targetLabel(importedKind("contact"), "name"), "Whole name");
    assert.equal(targetLabel(importedKind("account"), "name"), "Name");
    assert.equal(targetLabel(importedKind("lead"), "odd_word"), "Odd word");
  });
});

describe("A mapping", () => {
  test("needs any name, and a way to reach the lead", () => {
    assert.deepEqual(gaps("lead", ["city"]), [
      "No column fills Last name, Company, First name or Whole name: every row would be refused.",
      "No column fills E-mail or Phone: every row would be refused.",
    ]);
    assert.equal(gaps("lead", ["last_name"]).length, 1);
    for (const name of ["company_name", "first_name", "name"]) assert.deepEqual(gaps("lead", [name, "phone"]), []);
    assert.equal(gaps("task", ["description"]).length, 1);
  });

  test("needs what a deal can be called by: a name, an account, or the id of the row", () => {
    assert.deepEqual(gaps("deal", ["amount"]), ["No column fills Name or Account: every row would be refused."]);
    assert.deepEqual(gaps("deal", ["account_id"]), []);
    assert.deepEqual(gaps("deal", ["amount"], "opportunity_id"), []);
    assert.equal(gaps("account", ["industry"], "account_id").length, 1);
  });

  test("tells the fields that several columns fill", () => {
    const fields = [...fieldsOf(leadSchema).values()];
    const names = sharedFields(fields, ["phone", "", "phone", ""]).map((field) => field.name);
    assert.deepEqual(names, ["phone"]);
  });

  test("names columns by their places, and those that fill nothing only beside one that identifies the rows", () => {
    const columns = [column(0, "Phone", "phone"), column(1, "Phone", ""), column(2, "Id", "")];
    const fields = ["phone", "", ""];
    assert.deepEqual(sentColumns(columns, { fields, external_id_column: "" }), [
      { column: "Phone", field: "phone", place: 1 },
    ]);
    assert.deepEqual(
      sentColumns(columns, { fields, external_id_column: "Id" }).map(({ place }) => place),
      [1, 2, 3],
    );
  });
});

describe("The systems that a file can come from", () => {
  test("are those whose headings the service knows, as it calls them", () => {
    const folder = "../../Shared/MeshImport/Sources";
    const tables = readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith("words_"))
      .map(({ name }) => readFileSync(`${folder}/${name}`, "utf8"));
    const named = tables.map((text) => [/^table: (.*)$/m.exec(text)?.[1], /^label: (.*)$/m.exec(text)?.[1]]);
    assert.deepEqual(Object.entries(sources.known).sort(), named.sort());
  });

  test("have the present one among them, whichever it is", () => {
    const values = (present: string) => sourceOptions(present).map(({ value }) => value);
    assert.equal(values("csv").length, Object.keys(sources.known).length + 1);
    assert.ok(values("old_crm").includes("old_crm"));
    assert.equal(new Set(values("zoho")).size, values("zoho").length);
  });

  test("have the headings read anew", () => {
    assert.deepEqual(fromSystem("Old CRM"), {
      source_system: "old_crm",
      mapping: [],
      external_id_column: "",
      values: [],
    });
  });
});

describe("The name of a source system", () => {
  test("is made of what the API takes", () => {
    assert.equal(systemKey("  Old CRM (2019) "), "old_crm_2019");
    assert.equal(systemKey("…"), "");
  });
});
