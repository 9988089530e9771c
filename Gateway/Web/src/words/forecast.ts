// Forecast: periods, figures, what has changed, and trends.

import { formatNumber } from "../core/format";
import { counted } from "./counts";

const deals = { one: "deal", many: "deals" };

export const words = {
  quarter: (quarter: string, year: string) => `Q${quarter} ${year}`,
  week: (week: string, year: string) => `Week ${week} of ${year}`,
  year: (year: string) => `Fiscal year ${year}`,
  days: (first: string, last: string) => `${first} – ${last}`,
  period: {
    unit: "Length of the period",
    units: { month: "Month", quarter: "Quarter", year: "Year" },
    label: "Period",
    previous: "Previous period",
    next: "Next period",
    present: (name: string) => `${name} (now)`,
  },
  by: {
    label: "Group by",
    owner: "Owner",
    team: "Team",
    category: "Category",
    pipeline: "Pipeline",
    month: "Month",
  },
  since: {
    label: "What changed since",
    hint: "A day of the last 35, or a first of a month",
    shown: (day: string) => `Changes since the beginning of ${day}.`,
    none: "Choose a later day: the forecast of that day is not kept",
  },
  figures: {
    title: "Figures",
    table: "Table of the forecast",
    columns: {
      pipeline: "Pipeline",
      best_case: "Best case",
      commit: "Commit",
      closed: "Closed",
      sum: "Sum",
      weighted: "Weighted, with closed",
    } as Readonly<Record<string, string>>,
    count: "Deals",
    all: "All",
    /** After the name of what it is a part of. */
    part: (currency: string) => ` of which in ${currency}`,
    nobody: "Nobody",
    noTeam: "No team",
    noPipeline: "No pipeline",
    unnamed: "A record you cannot see",
    behind: (name: string, column: string, amount: string) => `${name}, ${column}: ${amount}. Show the deals`,
    tooLarge: "Too large",
    nothing: "–",
    more: "There are more rows than these 1,000.",
    noRate: (currency: string) =>
      `Some amounts have no exchange rate to ${currency}: they are in no converted sum and in no chart.`,
    rates: "Currencies",
  },
  /** Above a chart, and as its description for people who cannot see it. */
  chart: {
    name: "This chart",
    label: (title: string) => `${title}. The table has the same figures.`,
    forecast: (by: string, currency: string) => `Forecast by ${by.toLowerCase()}, in ${currency}`,
    largest: (shown: number) => `The ${formatNumber(shown)} largest are drawn`,
    amounts: (unit: string, currency: string) =>
      `Deals created, won and lost by ${unit.toLowerCase()}, in ${currency}`,
    deals: (unit: string) => `Number of deals created, won and lost by ${unit.toLowerCase()}`,
  },
  change: {
    /** After a figure: how it has changed. */
    more: (amount: string) => `+${amount}`,
    less: (amount: string) => `−${amount}`,
    none: "no change",
  },
  none: {
    title: "No deals are expected in this period",
    reason: "Deals count by their expected close date, or the day on which they were closed.",
    action: "Show the deals",
  },
  undated: {
    are: (count: number) =>
      count === 1
        ? "1 open deal has no expected close date and is not in this forecast."
        : `${formatNumber(count)} open deals have no expected close date and are not in this forecast.`,
    show: "Show them",
  },
  trends: {
    title: "Trends",
    unit: "Trends by",
    units: { week: "Week", month: "Month", quarter: "Quarter" },
    measure: "Show",
    measures: { amount: "Amounts", count: "Deals" },
    table: "Table of the trends",
    created: "Created",
    won: "Won",
    lost: "Lost",
    rate: "Win rate",
    size: "Mean size",
    cycle: "Mean days to close",
    percent: (rate: number) => `${formatNumber(rate)}%`,
    points: (rate: number) => `${formatNumber(rate)} points`,
    deals: (count: string) => counted(count, deals),
    behind: (period: string, what: string, count: string) =>
      `${period}, ${what}: ${counted(count, deals)}. Show the deals`,
    /** Of an amount that is a part of one in the tenant's currency. */
    part: (amount: string) => `of which ${amount}`,
    amountChanges: (currency: string) =>
      "Each period is compared with the one before it: amounts in " +
      `${currency}, or the number of deals where an exchange rate is missing.`,
    dealChanges: "Each period is compared with the one before it: by the number of deals.",
    none: "No deals were created or closed in these periods.",
    noAmounts: (currency: string) =>
      `No deal of these periods has an amount that is in ${currency} or has a rate to it.`,
  },
};
