import {
  type DealBoardColumn,
  decodeGetDealBoardResponse,
  decodePipeline,
  type Pipeline,
} from "../../core/api.generated";
import type { ApiClient } from "../../core/client";
import * as json from "../../core/json";
import type { Money } from "../../core/types";
import { deal } from "../deals/deal";

// The sums of deals, from the boards of all pipelines: the service keeps their totals, and converts them.

/** How many deals there are, and the sums of their amounts. */
export type Sums = Pick<DealBoardColumn, "count" | "sum" | "too_large_currencies" | "converted_sum">;

export interface StageSums extends Sums {
  stage: Pipeline["stages"][number];
}

export interface PipelineSums {
  pipeline: Pipeline;
  stages: readonly StageSums[];
}

export interface DealSums {
  /** Those that meet the first condition, by pipeline: the default one first. */
  pipelines: readonly PipelineSums[];
  /** All of them in open stages. */
  open: Sums;
  /** Those that meet the second condition. */
  won: Sums;
}

/**
 * @param held - a condition in CEL on all deals; "" for none
 * @param won - on those that were won
 */
export async function loadDealSums(
  client: ApiClient,
  held: string,
  won: string,
  signal: AbortSignal,
): Promise<DealSums> {
  const raw = await client.get("/api/v1/pipelines", { page_size: 1000 }, signal);
  const all = json.list(json.object(raw)["pipelines"], decodePipeline);
  const pipelines = [...all].sort((a, b) => Number(b.is_default) - Number(a.is_default));
  const boards = (filter: string) =>
    Promise.all(pipelines.map((pipeline) => board(client, pipeline, filter, signal)));
  const [every, closed] = await Promise.all([boards(held), boards(won)]);
  const stagesOf = (those: readonly PipelineSums[]) => those.flatMap(({ stages }) => stages);
  return {
    pipelines: every,
    open: added(stagesOf(every).filter(({ stage }) => isOpen(stage))),
    won: added(stagesOf(closed)),
  };
}

export function isOpen({ kind }: StageSums["stage"]): boolean {
  return kind !== "won" && kind !== "lost";
}

async function board(
  client: ApiClient,
  pipeline: Pipeline,
  filter: string,
  signal: AbortSignal,
): Promise<PipelineSums> {
  const query = { pipeline_id: pipeline.id, filter, page_size: 1, fields: "id" };
  const { columns } = decodeGetDealBoardResponse(await client.get(`${deal.api}:board`, query, signal));
  const stages = pipeline.stages.flatMap((stage) => {
    const column = columns.find((each) => each.stage === stage.key);
    return column === undefined ? [] : [{ ...column, stage }];
  });
  return { pipeline, stages };
}

/** The sum of sums; in the tenant's currency only if each of them could be converted. */
export function added(all: readonly Sums[]): Sums {
  const count = all.reduce((sum, each) => sum + BigInt(each.count), 0n);
  const filled = all.filter(({ sum, too_large_currencies }) => sum.length + too_large_currencies.length > 0);
  const converted = filled.flatMap(({ converted_sum }) => converted_sum ?? []);
  return {
    count: count.toString(),
    sum: byCurrency(all.flatMap(({ sum }) => sum)),
    too_large_currencies: [...new Set(all.flatMap((each) => each.too_large_currencies))],
    converted_sum: converted.length < filled.length ? null : (byCurrency(converted)[0] ?? null),
  };
}

function byCurrency(all: readonly Money[]): Money[] {
  const sums = new Map<string, bigint>();
  for (const { currency, amount_minor } of all) {
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amount_minor ?? "0"));
  }
  const codes = [...sums.keys()].sort();
  return codes.map((currency) => ({ currency, amount_minor: String(sums.get(currency) ?? 0n) }));
}

/** The amounts to show: one in the tenant's currency, or each that could not be converted. */
export function shownAmounts({ sum, converted_sum }: Sums): readonly Money[] {
  return converted_sum === null ? sum : [converted_sum];
}

/** The lengths of bars in percent of the longest: by amount, or by number where amounts cannot be compared. */
export function barLengths(all: readonly Sums[]): readonly number[] {
  const amounts = all.map(({ converted_sum }) => Number(converted_sum?.amount_minor ?? "0"));
  const isComparable = all.every((each) => shownAmounts(each).length === 0 || each.converted_sum !== null);
  const sizes = isComparable && amounts.some((size) => size > 0) ? amounts : all.map(({ count }) => Number(count));
  const longest = Math.max(...sizes, 1);
  return sizes.map((size) => (100 * size) / longest);
}
