import { ApiError } from "../../core/problem";
import type { RecordApi } from "../../core/recordApi";
import type { Rec } from "../../core/recordKind";
import type { RecordList } from "../../core/recordList";
import { literal } from "../../core/cel";
import { asDeal, deal } from "./deal";

/** Where a deal is moved to. */
export interface DealPlace {
  stage: string;
  /** Among the deals of the stage that the member sees, from 0. */
  position: number;
}

/** Somebody else moved the deal meanwhile. */
export class MovedAway extends Error {
  constructor(
    /** The member who did; "" if unknown. */
    readonly by: string,
    readonly stage: string,
  ) {
    super("moved away");
  }
}

const attempts = 5;

/**
 * Moves a deal as it is known here. Changes that others made to its other fields meanwhile do not prevent that.
 *
 * @param besides - the fields that the stage requires, such as a reason
 * @throws MovedAway - when somebody else moved it to another stage
 */
export async function moveDeal(
  records: RecordApi,
  known: Rec,
  to: DealPlace,
  besides: Readonly<Record<string, unknown>> = {},
): Promise<Rec> {
  const from = asDeal(known).stage;
  let { etag } = known;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send(records, known.id, to, etag, besides);
    } catch (failure) {
      if (!(failure instanceof ApiError && failure.isStale)) throw failure;
      const { stage, etag: present, updated_by: by = "" } = failure.problem.metadata;
      // It already is where it was to go.
      if (stage === to.stage && stage !== from) return records.get(deal, known.id);
      if (stage !== undefined && stage !== from) throw new MovedAway(by, stage);
      if (present === undefined || attempt === attempts) throw failure;
      etag = present;
    }
  }
}

async function send(
  records: RecordApi,
  id: string,
  { stage, position }: DealPlace,
  etag: string,
  besides: Readonly<Record<string, unknown>>,
): Promise<Rec> {
  const { win_reason, loss_reason, ...others } = besides;
  if (Object.keys(others).length === 0) {
    const reasons = Object.entries({ win_reason, loss_reason }).filter(([, value]) => value !== undefined);
    return records.verb(deal, id, "move", { stage, position, etag, ...Object.fromEntries(reasons) });
  }
  // A new stage set by an edit puts it first in its column.
  const moved = await records.update(deal, id, etag, { ...besides, stage });
  return position === 0 ? moved : records.verb(deal, id, "move", { position, etag: moved.etag });
}

/** The last position that can be requested. */
const mostPosition = 1000;

/** A card's position among all deals of a column, without a filter, of which the top is known. */
export function positionIn(list: Pick<RecordList, "known">, id: string, before: string | null): number {
  const others = list.known.filter((each) => each !== id);
  const place = before === null ? -1 : others.indexOf(before);
  return Math.min(mostPosition, place < 0 ? others.length : place);
}

/**
 * The same with a filter, which hides some: counts the deals of the stage above the one that the card is put
 * before, or after.
 */
export async function positionAmongAll(
  records: RecordApi,
  column: { pipeline: string; stage: string },
  list: Pick<RecordList, "known">,
  id: string,
  before: string | null,
): Promise<number> {
  const place = positionIn(list, id, before);
  if (place === 0 && before === null) return 0;
  const others = list.known.filter((each) => each !== id);
  const neighbour = records.store.get(before ?? others[place - 1] ?? "");
  if (neighbour === undefined) return place;
  const above = [
    `pipeline_id == ${literal(column.pipeline)}`,
    `stage == ${literal(column.stage)}`,
    `rank ${before === null ? "<=" : "<"} ${asDeal(neighbour).rank}`,
    `id != ${literal(id)}`,
  ];
  return Math.min(mostPosition, await records.count(deal, above.join(" && ")));
}
