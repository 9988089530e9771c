import { words } from "../words/pipelines";
import { fieldsOf } from "./fields";
import { dealSchema, type Pipeline, type Stage, type StageMapping } from "./api.generated";
import type { Option } from "./options";
import { type ApiError, sentence } from "./problem";
import { ruleWords } from "./ruleWords";

// A pipeline while it is edited: its stages as typed, their errors, and where the
// deals of removed stages go.

export type StageKind = "open" | "won" | "lost";

/** A stage as typed. */
export interface StageDraft {
  /** Identifies it while it is edited: its key, or a generated one for a new stage. */
  id: string;
  /** "" for a new one: the service makes the key. */
  key: string;
  display_name: string;
  kind: StageKind;
  probability: string;
  forecast_category: string;
  rotting_days: string;
  required_fields: readonly string[];
  entry_condition: string;
}

export const stageKinds: readonly StageKind[] = ["open", "won", "lost"];

/** The forecast category of each kind of stage until another one is chosen. */
const usualCategories: Readonly<Record<StageKind, string>> = {
  open: "pipeline",
  won: "closed",
  lost: "omitted",
};

/** Whether a forecast can count stages of a kind in a category. */
export function mayCountAs(kind: StageKind, category: string): boolean {
  if (kind === "won" || category === "omitted") return true;
  return (category === "closed") === (kind === "lost");
}

export function stageDraft(stage: Stage): StageDraft {
  const kind = stageKinds.find((each) => each === stage.kind) ?? "open";
  return {
    id: stage.key,
    key: stage.key,
    display_name: stage.display_name,
    kind,
    probability: String(stage.probability),
    forecast_category: stage.forecast_category || usualCategories[kind],
    rotting_days: String(stage.rotting_days),
    required_fields: stage.required_fields,
    entry_condition: stage.entry_condition,
  };
}

/** A stage that is not saved yet. */
export function newStage(id: string, display_name: string, kind: StageKind = "open"): StageDraft {
  const empty = { id, key: "", display_name, rotting_days: "0", required_fields: [], entry_condition: "" };
  return withKind({ ...empty, kind, probability: "10", forecast_category: "pipeline" }, kind);
}

/** A stage with another kind, and what follows from that. */
export function withKind(stage: StageDraft, kind: StageKind): StageDraft {
  const probability = kind === "won" ? "100" : kind === "lost" ? "0" : stage.probability;
  return { ...stage, kind, probability, forecast_category: usualCategories[kind] };
}

/** The stages that every pipeline needs, for a new one. */
export function firstStages(): readonly StageDraft[] {
  const { open, won, lost } = words.firstStages;
  return [newStage("new-1", open), newStage("new-2", won, "won"), newStage("new-3", lost, "lost")];
}

/** The stages as the API takes them. */
export function sentStages(stages: readonly StageDraft[]): Partial<Stage>[] {
  return stages.map(({ id: _, ...stage }) => ({
    ...stage,
    display_name: stage.display_name.trim(),
    forecast_category: stage.forecast_category as Stage["forecast_category"],
    required_fields: [...stage.required_fields],
    entry_condition: stage.entry_condition.trim(),
    probability: Number(stage.probability),
    rotting_days: Number(stage.rotting_days),
  }));
}

/** Whether typed stages are the same as those of a pipeline. */
export function areStagesOf(pipeline: Pipeline, stages: readonly StageDraft[]): boolean {
  const text = (each: readonly StageDraft[]) => JSON.stringify(sentStages(each));
  return text(stages) === text(pipeline.stages.map(stageDraft));
}

/** The errors of a stage, by the names of its fields. */
export type StageFaults = Readonly<Record<string, string>>;

/** The errors of stages before they are sent, by their ids; "" has those of all stages together. */
export function stageFaults(stages: readonly StageDraft[]): Readonly<Record<string, StageFaults>> {
  const found: Record<string, StageFaults> = {};
  const names = stages.map(({ display_name }) => display_name.trim().toLowerCase());
  stages.forEach((stage, place) => {
    const faults: Record<string, string> = {};
    const name = names[place] ?? "";
    if (name === "") faults["display_name"] = words.faults.noName;
    else if (names.indexOf(name) !== place) faults["display_name"] = words.faults.sameName;
    if (!isWhole(stage.probability, 100)) faults["probability"] = words.faults.probability;
    if (!isWhole(stage.rotting_days, 3650)) faults["rotting_days"] = words.faults.days;
    if (Object.keys(faults).length > 0) found[stage.id] = faults;
  });
  const missing = stageKinds.find((kind) => !stages.some((stage) => stage.kind === kind));
  if (missing !== undefined) found[""] = { stages: words.faults.noneOf(words.kinds[missing]) };
  return found;
}

function isWhole(text: string, most: number): boolean {
  return /^\d{1,4}$/.test(text.trim()) && Number(text) <= most;
}

/** The service's errors of stages that were sent, in the form of `stageFaults`. */
export function refusedStages(
  error: ApiError,
  stages: readonly StageDraft[],
): Readonly<Record<string, StageFaults>> {
  const found: Record<string, Record<string, string>> = {};
  for (const broken of error.problem.errors) {
    const path = /^(?:pipeline\.)?stages(?:\[(\d+)\])?(?:\.(\w+))?/.exec(broken.field);
    if (path === null) continue;
    const id = path[1] === undefined ? "" : (stages[Number(path[1])]?.id ?? "");
    const said = ruleWords({ ...broken, reason: error.problem.reason }, words.stage);
    const faults = (found[id] ??= {});
    faults[path[2] ?? "stages"] ??= sentence(said ?? broken.rule);
  }
  return found;
}

/** The stages of a pipeline that were removed while editing. */
export function removedStages(pipeline: Pipeline, stages: readonly StageDraft[]): readonly Stage[] {
  const kept = new Set(stages.map(({ key }) => key));
  return pipeline.stages.filter(({ key }) => !kept.has(key));
}

/** Where the deals of a removed stage can go: stages that stay, have a key, and are of its kind. */
export function targetsOf(stage: Stage, stages: readonly StageDraft[]): readonly StageDraft[] {
  return stages.filter(({ key, kind }) => key !== "" && kind === stage.kind);
}

/** Where the deals of removed stages go until another choice: to the nearest stage before, else the first. */
export function usualMapping(pipeline: Pipeline, stages: readonly StageDraft[]): StageMapping[] {
  const places = new Map(pipeline.stages.map(({ key }, place) => [key, place]));
  return removedStages(pipeline, stages).flatMap((stage) => {
    const place = places.get(stage.key) ?? 0;
    const targets = [...targetsOf(stage, stages)].sort(
      (a, b) => (places.get(a.key) ?? 0) - (places.get(b.key) ?? 0),
    );
    const before = targets.filter(({ key }) => (places.get(key) ?? 0) < place).pop();
    const to = before ?? targets[0];
    return to === undefined ? [] : [{ from: stage.key, to: to.key }];
  });
}

/** The fields of a deal that a stage can require. */
export const requiredOptions: readonly Option[] = [...fieldsOf(dealSchema).values()]
  .filter(({ name, kind, readOnly }) => {
    const isPlace = name === "stage" || name === "pipeline_id";
    return readOnly !== true && kind !== "flag" && kind !== "other" && !isPlace;
  })
  .map(({ name, label }) => ({ value: name, label }));
