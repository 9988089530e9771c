import type { ForecastGroup, ForecastResponse, RecordSums } from "./api.generated";
import { type Condition, conditionText } from "./conditions";
import { readPeriod } from "./fiscal";
import type { Money } from "./types";

// A forecast as lines and rows of a table: a line for each group, with a row for each of its currencies.

/** What the lines of a forecast can be grouped by. */
export const groupings = ["owner", "team", "category", "pipeline", "month"] as const;

export type Grouping = (typeof groupings)[number];

export function isGrouping(text: string): text is Grouping {
  return (groupings as readonly string[]).includes(text);
}

/** The grouping to request from the API; none for the categories, which every response has. */
export function groupedBy(by: Grouping): string {
  return by === "category" ? "" : by;
}

/** Sums, and how they have changed. */
interface Sums {
  now: RecordSums | null;
  change: RecordSums | null;
  /** Whether the amounts are weighted by probability. */
  isWeighted: boolean;
  /** The forecast categories of these deals. */
  categories: readonly string[];
}

/** A group of a forecast. */
export interface ForecastLine {
  /** Its key: an id, a month, a category; "" for none, and for all together. */
  key: string;
  /** By the ids of the table's columns. */
  sums: Readonly<Record<string, Sums>>;
  /** The number of its deals, and its change: null if that was not requested. */
  count: string;
  countChange: string | null;
}

/** A table of a forecast. */
export interface ForecastTable {
  /** Categories, "sum" and "weighted", in their order. */
  columns: readonly string[];
  lines: readonly ForecastLine[];
  total: ForecastLine;
}

export function forecastTable(forecast: ForecastResponse, by: Grouping): ForecastTable {
  const total = forecast.total ?? { keys: [], categories: [], all: null, all_change: null };
  const categories = total.categories.map((each) => each.category);
  if (by !== "category") {
    return {
      columns: [...categories, "weighted"],
      lines: ordered(forecast.groups, by).map((group) => groupLine(group, categories)),
      total: groupLine(total, categories),
    };
  }
  return {
    columns: ["sum", "weighted"],
    lines: total.categories.map(({ category, sums, change }) =>
      plainLine(category, sums, change, [category]),
    ),
    total: plainLine("", total.all, total.all_change, categories),
  };
}

/** Months in their order, others by their sums, largest first. */
function ordered(groups: readonly ForecastGroup[], by: Grouping): readonly ForecastGroup[] {
  if (by === "month") return groups;
  const size = ({ all }: ForecastGroup) => BigInt(all?.converted_sum?.amount_minor ?? "0");
  return [...groups].sort((a, b) => (size(a) < size(b) ? 1 : size(a) > size(b) ? -1 : 0));
}

function groupLine(group: ForecastGroup, categories: readonly string[]): ForecastLine {
  const sums: Record<string, Sums> = {};
  for (const category of categories) {
    const found = group.categories.find((each) => each.category === category);
    sums[category] = {
      now: found?.sums ?? null,
      change: found?.change ?? null,
      isWeighted: false,
      categories: [category],
    };
  }
  const all = plainLine(group.keys[0] ?? "", group.all, group.all_change, categories);
  return { ...all, sums: { ...sums, ...all.sums } };
}

function plainLine(
  key: string,
  now: RecordSums | null,
  change: RecordSums | null,
  categories: readonly string[],
): ForecastLine {
  return {
    key,
    sums: {
      sum: { now, change, isWeighted: false, categories },
      weighted: { now, change, isWeighted: true, categories },
    },
    count: now?.count ?? "0",
    countChange: change?.count ?? null,
  };
}

/** An amount of a table; null for none. */
export interface Figure {
  amount: Money | null;
  change: Money | null;
  /** Whether its change is known: without a rate, it is not known in the tenant's currency. */
  isCompared: boolean;
  /** Whether an amount is too large to be given. */
  isTooLarge: boolean;
}

/** A row: the amounts of a line in one currency, or all of them in the tenant's. */
export interface ForecastRow {
  /** ISO 4217; "" if a line has no amounts. */
  currency: string;
  isConverted: boolean;
  /** By the ids of the columns. */
  figures: Readonly<Record<string, Figure>>;
}

/**
 * The rows of a line: if it has other currencies than the tenant's, first a row with all of them in that one;
 * then one row for each currency in the order of their codes.
 *
 * @param currency - the tenant's
 */
export function forecastRows(
  line: ForecastLine,
  columns: readonly string[],
  currency: string,
): ForecastRow[] {
  const shown = columns.flatMap((id) => line.sums[id] ?? []);
  const found = new Set<string>();
  for (const { now, change } of shown) {
    for (const sums of [now, change]) {
      for (const money of sums?.sum ?? []) found.add(money.currency);
      for (const code of sums?.too_large_currencies ?? []) found.add(code);
    }
  }
  const codes = [...found].sort();
  const row = (code: string, isConverted: boolean): ForecastRow => ({
    currency: code,
    isConverted,
    figures: Object.fromEntries(
      columns.flatMap((id) => {
        const sums = line.sums[id];
        return sums === undefined ? [] : [[id, isConverted ? converted(sums) : figureIn(sums, code)]];
      }),
    ),
  });
  if (codes.length === 0) return [row("", false)];
  const rows = codes.map((code) => row(code, false));
  const isOwnAlone = codes.length === 1 && codes[0] === currency;
  return isOwnAlone ? rows : [row(currency, true), ...rows];
}

function figureIn({ now, change, isWeighted }: Sums, currency: string): Figure {
  const amount = (sums: RecordSums | null) =>
    (isWeighted ? sums?.weighted_sum : sums?.sum)?.find((money) => money.currency === currency) ?? null;
  return {
    amount: amount(now),
    change: amount(change),
    isCompared: change !== null,
    isTooLarge: now?.too_large_currencies.includes(currency) ?? false,
  };
}

function converted({ now, change, isWeighted }: Sums): Figure {
  const amount = (sums: RecordSums | null) =>
    (isWeighted ? sums?.converted_weighted_sum : sums?.converted_sum) ?? null;
  const isCompared = change !== null && !isUnconverted(change);
  return { amount: amount(now), change: amount(change), isCompared, isTooLarge: false };
}

/** Whether some amounts cannot be given in the tenant's currency: a rate is missing, or a sum is too large. */
export function isUnconverted(sums: RecordSums | null): boolean {
  return sums !== null && sums.sum.length > 0 && sums.converted_sum === null;
}

/** Sums in the tenant's currency; null if they cannot be converted, and for none. */
export function ownAmount(sums: RecordSums | null): Money | null {
  return sums?.converted_sum ?? null;
}

/** Sums as they are read: all in the tenant's currency, and what they are made of unless that is the same. */
export function ownAmounts(
  sums: RecordSums | null,
  currency: string,
): { whole: Money | null; parts: readonly Money[] } {
  const whole = ownAmount(sums);
  const parts = sums?.sum ?? [];
  const isOwnAlone = parts.every((each) => each.currency === currency);
  return { whole, parts: whole !== null && isOwnAlone ? [] : parts };
}

const fieldOf: Readonly<Partial<Record<Grouping, string>>> = {
  owner: "owner_id",
  team: "team_id",
  pipeline: "pipeline_id",
};

/** The address of the list of the deals behind a figure. */
export function dealsAddress(
  period: { start: string; end: string },
  by: Grouping,
  key: string | null,
  categories: readonly string[],
): string {
  const month = by === "month" && key !== null ? readPeriod(key, 1) : null;
  const { start: from, end: to } = month ?? period;
  const conditions: [string, Condition][] = [["forecast_date", { is: "between", from, to }]];
  const field = fieldOf[by];
  if (field !== undefined && key !== null) conditions.push([field, { is: "oneOf", values: [key] }]);
  conditions.push(["forecast_category", { is: "oneOf", values: categories }]);
  return listOfDeals(conditions);
}

/** The address of the list of deals that meet some conditions. */
export function listOfDeals(conditions: readonly (readonly [string, Condition])[]): string {
  const parameters = conditions.map(([name, condition]) => {
    return `${name}=${encodeURIComponent(conditionText(condition)).replace(/%2C/g, ",")}`;
  });
  return `/deals?${parameters.join("&")}`;
}
