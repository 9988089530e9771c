import { type Period, periodNames, spanOf } from "../../core/periods";
import { capital } from "../../words/sentences";
import { words } from "../../words/taskSettings";

/** For how long back it can be told what rules have made; "" is from the beginning. */
export type StatsPeriod = Period | "";

const periods: readonly Period[] = ["today", "last_7_days", "last_30_days", "this_month", "last_month", "this_year"];

export const statsPeriods: readonly { value: StatsPeriod; label: string }[] = [
  { value: "", label: words.rule.everSince },
  ...periods.map((value) => ({ value, label: capital(periodNames[value]) })),
];

/** The parameters of a question about a period. */
export function statsQuery(period: StatsPeriod, now: Date): { start_time?: string; end_time?: string } {
  if (period === "") return {};
  const { from, to } = spanOf(period, now);
  return {
    ...(from === null ? {} : { start_time: from.toISOString() }),
    // What is made while the page stands open counts, too.
    ...(to === null || to > now ? {} : { end_time: to.toISOString() }),
  };
}
