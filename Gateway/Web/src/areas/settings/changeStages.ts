import {
  decodeChangeStagesResponse,
  decodePipeline,
  type Pipeline,
  type Stage,
  type StageEffect,
  type StageMapping,
} from "../../core/api.generated";
import { at, type RecordApi } from "../../core/recordApi";
import { pipeline as kind } from "./pipeline";

interface Asked {
  id: string;
  etag: string;
  stages: readonly Partial<Stage>[];
  mapping: readonly StageMapping[];
  /** Whether to return only what would be affected. */
  validate_only: boolean;
}

/** Replaces the stages of a pipeline, or returns what that would do to deals. */
export async function changeStages(
  { client, store }: RecordApi,
  { id, ...body }: Asked,
  idempotencyKey?: string,
): Promise<{ pipeline: Pipeline; effects: readonly StageEffect[] }> {
  const sending = idempotencyKey === undefined ? {} : { idempotencyKey };
  const raw = await client.post(`${at(kind.api, id)}:changeStages`, body, sending);
  const { pipeline, effects } = decodeChangeStagesResponse(raw);
  if (!body.validate_only) store.tell(kind.object, { is: "many" });
  return { pipeline: pipeline ?? decodePipeline({}), effects };
}
