import { decodePipeline } from "../../core/api.generated";
import type { Entry } from "../../core/entries";
import type { Conditions } from "../../core/listState";

// Pipelines and their stages as lists that a tenant defines: deals have their ids and keys.

/** A pipeline as an entry; the default one comes first. */
export function pipelineEntry(row: unknown): readonly Entry[] {
  const { id, display_name, is_default } = decodePipeline(row);
  return [{ key: id, display_name, active: true, colour: "", position: is_default ? 0 : 1 }];
}

/** The stages of a pipeline, in their order. */
export function stageEntries(row: unknown): readonly Entry[] {
  const { id, stages } = decodePipeline(row);
  return stages.map(({ key, display_name, kind }, position) => ({
    key,
    display_name,
    active: true,
    colour: "",
    position,
    within: id,
    means: kind || "open",
  }));
}

/** The pipeline to show: the requested one, else the default; "" while there are none. */
export function chosenPipeline(pipelines: readonly Entry[], asked: string | undefined): string {
  const known = pipelines.find(({ key }) => key === asked);
  const usual = pipelines.find(({ position }) => position === 0) ?? pipelines[0];
  return (known ?? usual)?.key ?? "";
}

/** The pipeline that a list is filtered by, the first of several; undefined without such a filter. */
export function askedPipeline(conditions: Conditions): string | undefined {
  const condition = conditions.get("pipeline_id");
  return condition?.is === "oneOf" ? condition.values[0] : undefined;
}
