import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { renderToStaticMarkup } from "react-dom/server.browser";
import { asLead, lead } from "../src/areas/leads/lead";
import { statusEntries, substatusEntries } from "../src/areas/leads/substatuses";
import { requiredOptions } from "../src/areas/settings/workflow";
import { choosable, entriesFor, findEntry } from "../src/core/entries";
import type { Field } from "../src/core/fields";
import { RecordForm } from "../src/records/RecordForm";
import { FakeWorkspace } from "./fakeWorkspace";

const rows = [
  { key: "contacted", display_name: "Contacted", substatuses: ["Left a message", "Waiting"] },
  { key: "qualified", display_name: "Qualified", substatuses: ["Waiting"] },
  { key: "dead", display_name: "Dead" },
];
const entries = rows.flatMap(substatusEntries);

function fieldOf(name: string): Field {
  const field = lead.fields.get(name);
  if (field === undefined) throw new Error(`a lead has ${name}`);
  return field;
}

describe("The substatus of a lead", () => {
  const offered = (record?: Record<string, unknown>) =>
    entriesFor(fieldOf("substatus"), entries, record).map(({ display_name }) => display_name);

  test("is one of those that its status has, in their order", () => {
    assert.equal(fieldOf("substatus").kind, "picklist");
    assert.deepEqual(offered({ status: "contacted" }), ["Left a message", "Waiting"]);
    assert.deepEqual(offered({ status: "qualified" }), ["Waiting"]);
    assert.deepEqual(offered({ status: "dead" }), []);
  });

  test("is offered once to a filter, whatever status has it", () => {
    assert.deepEqual(offered(), ["Left a message", "Waiting"]);
    assert.equal(findEntry(entries, "Waiting", "qualified")?.within, "qualified");
  });

  test("can be asked for by a status, unlike what every lead has", () => {
    const names = requiredOptions.map(({ value }) => value);
    assert.ok(names.includes("substatus"));
    assert.ok(!names.includes("lifecycle_stage") && !names.includes("status"));
  });
});

describe("The status of a lead", () => {
  const statuses = [
    { key: "new", display_name: "New", active: true, status_type: "new" },
    { key: "old", display_name: "Old", active: false },
    { key: "sold", display_name: "Sold", active: true, status_type: "converted" },
  ].flatMap(statusEntries);
  const offered = (has: string) => choosable(statuses, (key) => key === has).map(({ key }) => key);

  test("is chosen among those in use that no conversion has to lead to", () => {
    assert.deepEqual(offered("new"), ["new"]);
    assert.deepEqual(offered("old"), ["new", "old"]);
  });

  test("stays offered to a lead that has it", () => {
    assert.deepEqual(offered("sold"), ["new", "sold"]);
  });
});

describe("The stage of a lead", () => {
  test("is there in every lead, and can be chosen and listed", () => {
    const stage = fieldOf("lifecycle_stage");
    assert.deepEqual(
      [stage.kind, stage.required, stage.choices],
      ["choice", true, ["lead", "marketing_qualified", "sales_qualified", "opportunity", "customer", "lost"]],
    );
    for (const name of ["substatus", "lifecycle_stage"]) {
      assert.ok(lead.columns.some(({ id, isChosen }) => id === name && !isChosen), name);
      assert.ok(lead.groups.some(({ fields }) => fields.some((field) => field.name === name)), name);
    }
    assert.equal(asLead(lead.decode({ lifecycle_stage: "customer" })).lifecycle_stage, "customer");
  });

  test("and the substatus are asked for by the form of a new one", () => {
    const form = renderToStaticMarkup(
      <FakeWorkspace permissions={["lead.create"]}>
        <RecordForm kind={lead} onClose={() => undefined} />
      </FakeWorkspace>,
    );
    for (const label of ["Status", "Substatus", "Lifecycle stage"]) {
      assert.ok(form.includes(`>${label}</label>`), label);
    }
  });
});
