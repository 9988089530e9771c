import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { chosenPipeline, pipelineEntry, stageEntries } from "../src/areas/deals/pipelines";
import { entriesFor, findEntry } from "../src/core/entries";
import { field } from "./fixtures";

const sales = {
  id: "pipeline_1",
  display_name: "Sales",
  is_default: true,
  stages: [
    { key: "new", display_name: "New", kind: "open" },
    { key: "won", display_name: "Won", kind: "won" },
  ],
};
const renewals = {
  id: "pipeline_2",
  display_name: "Renewals",
  stages: [{ key: "new", display_name: "Due", kind: "open" }],
};
const stages = [sales, renewals].flatMap(stageEntries);
const pipelines = [renewals, sales].flatMap(pipelineEntry);
const stage = { ...field({}, "stage"), within: "pipeline_id" };
const keys = (record?: Record<string, unknown>) =>
  entriesFor(stage, stages, record).map(({ display_name }) => display_name);

describe("A list whose entries belong to something", () => {
  test("offers a record those that belong to what it has", () => {
    assert.deepEqual(keys({ pipeline_id: "pipeline_1" }), ["New", "Won"]);
    assert.deepEqual(keys({ pipeline_id: "pipeline_2" }), ["Due"]);
    assert.deepEqual(keys({}), []);
  });

  test("offers a filter each key once", () => {
    assert.deepEqual(keys(), ["New", "Won"]);
  });

  test("names a key by what it belongs to, and by the first where that is not known", () => {
    assert.equal(findEntry(stages, "new", "pipeline_2")?.display_name, "Due");
    assert.equal(findEntry(stages, "new")?.display_name, "New");
    assert.equal(findEntry(stages, "new", "pipeline_9")?.display_name, "New");
    assert.equal(findEntry(stages, "lost", "pipeline_1"), undefined);
  });

  test("is whole where its entries belong to nothing", () => {
    assert.equal(entriesFor(field({}, "status"), stages, {}).length, 3);
  });
});

describe("A board's pipeline", () => {
  test("is the one that is asked for, else the default", () => {
    assert.equal(chosenPipeline(pipelines, "pipeline_2"), "pipeline_2");
    assert.equal(chosenPipeline(pipelines, undefined), "pipeline_1");
    assert.equal(chosenPipeline(pipelines, "pipeline_9"), "pipeline_1");
    assert.equal(chosenPipeline([], undefined), "");
  });

  test("has stages that say what they mean", () => {
    assert.deepEqual(stages.map(({ means }) => means), ["open", "won", "open"]);
  });
});
