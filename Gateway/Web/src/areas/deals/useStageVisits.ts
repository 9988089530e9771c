import { useCallback } from "react";
import { type Loaded, useLoaded } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { decodeListDealStagesResponse, type StageVisit } from "../../core/api.generated";
import { at, type RecordApi } from "../../core/recordApi";
import type { Rec } from "../../core/recordKind";
import { asDeal, deal } from "./deal";

/** Requests that are under way, by deal and stage: what a page shows of a deal's stages shares one. */
const underWay = new WeakMap<RecordApi, Map<string, Promise<readonly StageVisit[]>>>();

/** The stages that a deal has been in, oldest first; requested again when it is in another one. */
export function useStageVisits(record: Rec): Loaded<readonly StageVisit[]> {
  const { records } = useWorkspace();
  const { id, stage, pipeline_id } = asDeal(record);
  const load = useCallback(
    () => sharedVisits(records, id, `${id} ${pipeline_id} ${stage}`),
    [records, id, stage, pipeline_id],
  );
  return useLoaded(load);
}

function sharedVisits(records: RecordApi, id: string, key: string): Promise<readonly StageVisit[]> {
  const asked = underWay.get(records) ?? new Map<string, Promise<readonly StageVisit[]>>();
  underWay.set(records, asked);
  const present = asked.get(key);
  if (present !== undefined) return present;
  const visits = records.client
    .get(`${at(deal.api, id)}/stages`)
    .then((raw) => decodeListDealStagesResponse(raw).visits)
    .finally(() => asked.delete(key));
  asked.set(key, visits);
  return visits;
}

/**
 * The stages of a pipeline that a deal has been in.
 *
 * @param visits - null while they are unknown
 */
export function enteredStages(
  visits: readonly Pick<StageVisit, "stage" | "pipeline_id">[] | null,
  pipeline: string,
): ReadonlySet<string> {
  const within = (visits ?? []).filter(({ pipeline_id }) => pipeline_id === pipeline);
  return new Set(within.map(({ stage }) => stage));
}
