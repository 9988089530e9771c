import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decodePipeline } from "../src/core/api.generated";
import {
  areStagesOf,
  firstStages,
  mayCountAs,
  newStage,
  refusedStages,
  removedStages,
  requiredOptions,
  sentStages,
  stageDraft,
  stageFaults,
  type StageKind,
  targetsOf,
  usualMapping,
  withKind,
} from "../src/core/pipelineStages";
import { ApiError, readProblem } from "../src/core/problem";

const pipeline = decodePipeline({
  id: "pipeline_1",
  stages: [
    { key: "new", display_name: "New", probability: 10, forecast_category: "pipeline", kind: "open", rotting_days: 7 },
    { key: "demo", display_name: "Demo", probability: 40, forecast_category: "best_case", kind: "open" },
    { key: "talk", display_name: "Talk", probability: 60, forecast_category: "commit", kind: "open" },
    { key: "won", display_name: "Won", probability: 100, forecast_category: "closed", kind: "won" },
    { key: "lost", display_name: "Lost", forecast_category: "omitted", kind: "lost" },
  ],
});
const stages = pipeline.stages.map(stageDraft);
const without = (...keys: string[]) => stages.filter(({ key }) => !keys.includes(key));

describe("The stages of a pipeline that is edited", () => {
  test("are sent as they were read", () => {
    assert.equal(areStagesOf(pipeline, stages), true);
    assert.deepEqual(sentStages(stages)[0], {
      key: "new",
      display_name: "New",
      kind: "open",
      probability: 10,
      forecast_category: "pipeline",
      rotting_days: 7,
      required_fields: [],
      entry_condition: "",
    });
  });

  test("are others in another order, or with another field", () => {
    assert.equal(areStagesOf(pipeline, [...stages].reverse()), false);
    assert.equal(areStagesOf(pipeline, without("demo")), false);
    const asking = stages.map((stage) => ({ ...stage, required_fields: ["amount"] }));
    assert.equal(areStagesOf(pipeline, asking), false);
    const blank = stages.map((stage) => ({ ...stage, display_name: ` ${stage.display_name} ` }));
    assert.equal(areStagesOf(pipeline, blank), true);
  });

  test("take what follows from their kind", () => {
    const won = withKind(newStage("new-1", "Paid"), "won");
    assert.equal(won.probability, "100");
    assert.equal(won.forecast_category, "closed");
    assert.equal(withKind(won, "lost").probability, "0");
    assert.deepEqual(firstStages().map(({ kind }) => kind), ["open", "won", "lost"]);
    assert.deepEqual(stageFaults(firstStages()), {});
  });

  test("are counted by a forecast as their kind allows", () => {
    const categories = ["pipeline", "best_case", "commit", "closed", "omitted"];
    const of = (kind: StageKind) => categories.filter((category) => mayCountAs(kind, category));
    assert.deepEqual(of("open"), ["pipeline", "best_case", "commit", "omitted"]);
    assert.deepEqual(of("won"), categories);
    assert.deepEqual(of("lost"), ["closed", "omitted"]);
  });

  test("can ask for what people set of a deal, and for no place", () => {
    const names = requiredOptions.map(({ value }) => value);
    for (const name of ["amount", "account_id", "expected_close_date", "win_reason"]) {
      assert.ok(names.includes(name), name);
    }
    for (const name of ["stage", "pipeline_id", "status", "contacts", "id"]) {
      assert.ok(!names.includes(name), name);
    }
  });
});

describe("What is wrong with stages", () => {
  test("is said of the stage before they are sent", () => {
    assert.deepEqual(stageFaults(stages), {});
    const wrong = stages.map((stage) => {
      if (stage.key === "demo") return { ...stage, display_name: " NEW " };
      if (stage.key === "talk") return { ...stage, display_name: " ", probability: "101", rotting_days: "-1" };
      return stage;
    });
    const faults = stageFaults(wrong);
    assert.deepEqual(Object.keys(faults), ["demo", "talk"]);
    assert.deepEqual(Object.keys(faults["demo"] ?? {}), ["display_name"]);
    assert.deepEqual(Object.keys(faults["talk"] ?? {}), ["display_name", "probability", "rotting_days"]);
  });

  test("is that a kind is missing, of all of them together", () => {
    assert.match(stageFaults(without("won"))[""]?.["stages"] ?? "", /won/);
    assert.match(stageFaults(without("new", "demo", "talk"))[""]?.["stages"] ?? "", /open/);
  });

  test("is said of the stage when the service refuses it", () => {
    const problem = readProblem(400, {
      title: "Bad request",
      errors: [
        { field: "stages[1].entry_condition", rule: "1:5: unknown field price" },
        { field: "pipeline.stages[2].kind", rule: "must stay open while deals are in “Talk”" },
        { field: "stages", rule: "must have one of kind won at least" },
        { field: "display_name", rule: "must have 1 to 100 characters" },
      ],
    });
    const faults = refusedStages(new ApiError(problem), stages);
    assert.deepEqual(Object.keys(faults).sort(), ["", "demo", "talk"]);
    assert.match(faults["demo"]?.["entry_condition"] ?? "", /unknown field price/i);
    assert.match(faults["talk"]?.["kind"] ?? "", /\.$/);
    assert.match(faults[""]?.["stages"] ?? "", /kind won/);
  });
});

describe("The deals of a stage that is taken away", () => {
  test("go to the nearest stage of its kind, before it where there is one", () => {
    assert.deepEqual(usualMapping(pipeline, without("talk")), [{ from: "talk", to: "demo" }]);
    assert.deepEqual(usualMapping(pipeline, without("new")), [{ from: "new", to: "demo" }]);
    assert.deepEqual(usualMapping(pipeline, without("new", "demo")), [
      { from: "new", to: "talk" },
      { from: "demo", to: "talk" },
    ]);
    assert.deepEqual(usualMapping(pipeline, stages), []);
    assert.deepEqual(removedStages(pipeline, without("demo")).map(({ key }) => key), ["demo"]);
  });

  test("can go to stages of its kind that are there already, and to no new one", () => {
    const edited = [newStage("new-1", "Meeting"), ...without("demo")];
    const offered = removedStages(pipeline, edited).flatMap((demo) => targetsOf(demo, edited));
    assert.deepEqual(offered.map(({ key }) => key), ["new", "talk"]);
  });

  test("go by the order in which the stages were, whatever it is now", () => {
    assert.deepEqual(usualMapping(pipeline, [...without("talk")].reverse()), [{ from: "talk", to: "demo" }]);
  });
});
