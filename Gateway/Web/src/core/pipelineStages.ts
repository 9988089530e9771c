import { words } from "../words/pipelines";
import { fieldsOf } from "./fields";
import { dealSchema, type Pipeline, type Stage, type StageMapping } from "./api.generated";
import type { Option } from "./options";
import { type ApiError, sentence } from "./problem";
import { ruleWords } from "./ruleWords";

// A pipeline while somebody edits it: its stages as they are typed, what is wrong with them, and where the
// deals of those go that are taken away.

export type StageKind = "open" | "won" | "lost";

/** A stage as it is typed. */
export interface StageDraft {
  /** Names it for as long as it is edited: its key, or one of its own for a new one. */
  id: string;
  /** "" for a new one: the service makes it. */
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

/** Where each kind of stage is counted until somebody chooses otherwise. */
const usualCategories: Readonly<Record<StageKind, string>> = {
  open: "pipeline",
  won: "closed",
  lost: "omitted",
};

/** Whether a forecast can count stages of a kind so. */
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

/** A stage that is not made yet. */
export function newStage(id: string, display_name: string, kind: StageKind = "open"): StageDraft {
  const empty = { id, key: "", display_name, rotting_days: "0", required_fields: [], entry_condition: "" };
  return withKind({ ...empty, kind, probability: "10", forecast_category: "pipeline" }, kind);
}

/** A stage of another kind, with what follows from it. */
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

/** Whether stages as they are typed are those of a pipeline. */
export function areStagesOf(pipeline: Pipeline, stages: readonly StageDraft[]): boolean {
  const text = (each: readonly StageDraft[]) => JSON.stringify(sentStages(each));
  return text(stages) === text(pipeline.stages.map(stageDraft));
}

/** What is wrong with a stage, by the names of its fields. */
export type StageFaults = Readonly<Record<string, string>>;

/** What is wrong with stages before they are sent, by their ids; "" has what is wrong with all together. */
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

/** What the service says is wrong with stages that were sent, as `stageFaults` has it. */
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

/** The stages of a pipeline that are no longer among those that are edited. */
export function removedStages(pipeline: Pipeline, stages: readonly StageDraft[]): readonly Stage[] {
  const kept = new Set(stages.map(({ key }) => key));
  return pipeline.stages.filter(({ key }) => !kept.has(key));
}

/** The stages where the deals of one that goes can go: those that stay, have a key, and are of its kind. */
export function targetsOf(stage: Stage, stages: readonly StageDraft[]): readonly StageDraft[] {
  return stages.filter(({ key, kind }) => key !== "" && kind === stage.kind);
}

/** Where the deals of removed stages go until somebody chooses: to the nearest before, else the first. */
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

/** The fields of a deal that a stage can ask for. */
export const requiredOptions: readonly Option[] = [...fieldsOf(dealSchema).values()]
  .filter(({ name, kind, readOnly }) => {
    const isPlace = name === "stage" || name === "pipeline_id";
    return readOnly !== true && kind !== "flag" && kind !== "other" && !isPlace;
  })
  .map(({ name, label }) => ({ value: name, label }));
