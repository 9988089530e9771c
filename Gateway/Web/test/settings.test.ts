import "./browser";
import { areaAt, picklists } from "../src/app/areas";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as kinds from "../src/areas/settings/kinds";
import { pipeline } from "../src/areas/settings/pipeline";
import { sections } from "../src/areas/settings/sections";
import { nextOptions, requiredOptions } from "../src/areas/settings/workflow";
import { readEntry } from "../src/core/entries";

test("every list that a tenant defines has a section for whoever may read it", () => {
  const configured = [...Object.values(kinds), pipeline];
  for (const [list, { api }] of Object.entries(picklists)) {
    const kind = configured.find((each) => each.api === api);
    const section = sections.find(({ path }) => path === kind?.address);
    assert.deepEqual(section?.needs, [`${kind?.object}.read`], list);
  }
});

test("a screen is about the records of its area, or of the one that it shows", () => {
  assert.equal(areaAt("/forecast")?.create, areaAt("/deals/deal_1")?.create);
  assert.notEqual(areaAt("/forecast")?.create, undefined);
  assert.equal(areaAt("/accounts")?.id, "accounts");
  assert.equal(areaAt("/settings/scoring")?.id, "settings");
  assert.equal(areaAt("/nowhere"), undefined);
});

describe("A status", () => {
  const statuses = [
    { key: "new", display_name: "New", position: 0 },
    { key: "won_over", display_name: "Won over", colour: "#107c10", position: 1 },
  ].map(readEntry);

  test("can be followed by every other one", () => {
    assert.deepEqual(nextOptions(statuses, "new"), [{ value: "won_over", label: "Won over", colour: "#107c10" }]);
  });

  test("can ask for what people set of a lead and for the sums of what is known of it", () => {
    const names = requiredOptions.map(({ value }) => value);
    for (const name of ["email", "owner_id", "bant_score", "meddicc_score"]) assert.ok(names.includes(name), name);
    for (const name of ["status", "do_not_call", "score", "id"]) assert.ok(!names.includes(name), name);
  });
});
