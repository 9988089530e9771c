import { isDay } from "./dates";
import { type Grouping, isGrouping } from "./forecast";

/** The periods of trends. */
export const trendUnits = ["week", "month", "quarter"] as const;

export type TrendUnit = (typeof trendUnits)[number];

/** What the chart of trends shows. */
export const measures = ["amount", "count"] as const;

export type Measure = (typeof measures)[number];

/** Everything that the address of the forecast says. */
export interface ForecastState {
  /** A period's name; "" for the present quarter. */
  period: string;
  by: Grouping;
  /** The day with whose beginning it is compared; "" for none. */
  since: string;
  trends: TrendUnit;
  measure: Measure;
}

const first: ForecastState = { period: "", by: "owner", since: "", trends: "month", measure: "amount" };

/** Parses a query string; unknown parts are ignored. */
export function readForecastState(search: string): ForecastState {
  const parameters = new URLSearchParams(search);
  const given = (name: string) => parameters.get(name) ?? "";
  const one = <T extends string>(names: readonly T[], text: string, otherwise: T) =>
    names.find((name) => name === text) ?? otherwise;
  return {
    period: given("period"),
    by: isGrouping(given("by")) ? (given("by") as Grouping) : first.by,
    since: isDay(given("since")) ? given("since") : "",
    trends: one(trendUnits, given("trends"), first.trends),
    measure: one(measures, given("measure"), first.measure),
  };
}

/** The shortest address of a state. */
export function forecastAddress(state: ForecastState): string {
  const said = Object.entries(state).filter(([name, value]) => value !== first[name as keyof ForecastState]);
  const parameters = new URLSearchParams(said as [string, string][]).toString();
  return parameters === "" ? "/forecast" : `/forecast?${parameters}`;
}
