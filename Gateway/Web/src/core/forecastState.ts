import { isDay } from "./dates";
import { type Grouping, isGrouping } from "./forecast";

/** By what trends follow each other. */
export const trendUnits = ["week", "month", "quarter"] as const;

export type TrendUnit = (typeof trendUnits)[number];

/** What trends are drawn of. */
export const measures = ["amount", "count"] as const;

export type Measure = (typeof measures)[number];

/** All that the address of the forecast says. */
export interface ForecastState {
  /** A period's name; "" for the present quarter. */
  period: string;
  by: Grouping;
  /** The day whose beginning it is compared with; "" for none. */
  since: string;
  trends: TrendUnit;
  measure: Measure;
}

const first: ForecastState = { period: "", by: "owner", since: "", trends: "month", measure: "amount" };

/** What a query string says; what it does not know is left out. */
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

/** The shortest address that says the same. */
export function forecastAddress(state: ForecastState): string {
  const said = Object.entries(state).filter(([name, value]) => value !== first[name as keyof ForecastState]);
  const parameters = new URLSearchParams(said as [string, string][]).toString();
  return parameters === "" ? "/forecast" : `/forecast?${parameters}`;
}
