import { decodeForecastResponse, type ForecastResponse } from "../../core/api.generated";
import type { ApiClient } from "../../core/client";
import { addDays } from "../../core/dates";
import { dayIn } from "../../core/fiscal";
import { type ForecastLine, forecastRows, forecastTable, isUnconverted } from "../../core/forecast";
import { ApiError } from "../../core/problem";
import type { Money } from "../../core/types";

// Forecasts of the present periods, of all deals that the member may read or of their own.

/** In days. */
const comparedWith = 7;

/**
 * The day that a forecast is compared with; "" for a workspace that is younger than that, of which there is no snapshot.
 *
 * @param begun - when the workspace was made
 */
export function comparedDay(today: string, begun: string, zone: string): string {
  const day = addDays(today, -comparedWith);
  const first = new Date(begun);
  return !Number.isNaN(first.getTime()) && day < dayIn(zone, first) ? "" : day;
}

/**
 * Forecasts compared with a day; not compared if there are none from then, as in a new workspace.
 *
 * @param owner - the member whose deals alone count; null for all
 */
export async function loadForecasts(
  client: ApiClient,
  periods: readonly string[],
  since: string,
  owner: string | null,
  signal: AbortSignal,
): Promise<readonly ForecastResponse[]> {
  const ask = async (period: string, day: string): Promise<ForecastResponse> => {
    const query = { period, since: day, group_by: owner === null ? "" : "owner" };
    return decodeForecastResponse(await client.get("/api/v1/deals:forecast", query, signal));
  };
  const all = (day: string) => Promise.all(periods.map((period) => ask(period, day)));
  try {
    return await all(since);
  } catch (error) {
    if (since === "") throw error;
    const isTooEarly = error instanceof ApiError && error.problem.errors.some(({ field }) => field === "since");
    if (!isTooEarly) throw error;
    return all("");
  }
}

/** Amounts in the tenant's currency; null where they cannot be converted. */
export interface Expected {
  /** What may be expected: weighted by probability, with what is closed. */
  amount: Money | null;
  /** Of it. */
  closed: Money | null;
  /** How it has changed; null too where that was not asked. */
  change: Money | null;
  /** The forecast categories that count. */
  categories: readonly string[];
}

/**
 * What a forecast expects.
 *
 * @param owner - as it was loaded
 * @param currency - the tenant's
 */
export function expectedOf(answer: ForecastResponse, owner: string | null, currency: string): Expected {
  const { lines, total } = forecastTable(answer, "owner");
  const line: ForecastLine | undefined = owner === null ? total : lines.find(({ key }) => key === owner);
  const [row] = line === undefined ? [] : forecastRows(line, ["closed", "weighted"], currency);
  const amountIn = (column: string) => {
    const amount = row?.figures[column]?.amount ?? null;
    return amount === null && !isUnconverted(line?.sums[column]?.now ?? null) ? none(currency) : amount;
  };
  const isCompared = answer.snapshot_date !== "" && (row?.figures["weighted"]?.isCompared ?? true);
  return {
    amount: amountIn("weighted"),
    closed: amountIn("closed"),
    change: isCompared ? (row?.figures["weighted"]?.change ?? none(currency)) : null,
    categories: total.sums["weighted"]?.categories ?? [],
  };
}

function none(currency: string): Money {
  return { amount_minor: "0", currency };
}
