import { useCallback } from "react";
import { useLoaded } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { decodeTrendsResponse, type RecordSums, type TrendPeriod } from "../../core/api.generated";
import { drawn } from "../../core/chartData";
import { periodWords } from "../../core/fiscal";
import { ownAmount } from "../../core/forecast";
import { type ForecastState, type Measure, measures, trendUnits } from "../../core/forecastState";
import { formatInt64, formatMoney, type MoneyStyle } from "../../core/format";
import { Failure } from "../../parts/Failure";
import { Segmented } from "../../parts/Segmented";
import { Waiting } from "../../parts/Waiting";
import { words as all } from "../../words/forecast";
import { ChartFrame } from "./ChartFrame";
import { TrendTable } from "./TrendTable";

const words = all.trends;

/** How many periods the trends go back. */
const counts = { week: 13, month: 12, quarter: 8 } as const;

interface Props {
  state: ForecastState;
  /** The tenant's currency. */
  currency: string;
  /** Changes when deals have changed. */
  news: number;
  change: (next: Partial<ForecastState>) => void;
}

/** Deals created and closed, period by period. */
export function Trends({ state, currency, news, change }: Props) {
  const { api, directory } = useWorkspace();
  const { trends: unit, measure } = state;
  const load = useCallback(
    async (signal: AbortSignal) => {
      const query = { unit, periods: counts[unit] };
      return decodeTrendsResponse(await api.client.get("/api/v1/deals:trends", query, signal));
    },
    [api, unit, news],
  );
  const { value, error, reload } = useLoaded(load);
  return (
    <section aria-labelledby="forecast-trends">
      <header className="screen-head">
        <h2 id="forecast-trends">{words.title}</h2>
        <div className="forecast-choices">
          <Segmented
            label={words.unit}
            choices={trendUnits.map((each) => ({ value: each, label: words.units[each] }))}
            value={unit}
            onChange={(trends) => change({ trends })}
          />
          <Segmented
            label={words.measure}
            choices={measures.map((each) => ({ value: each, label: words.measures[each] }))}
            value={measure}
            onChange={(chosen) => change({ measure: chosen })}
          />
        </div>
      </header>
      {error !== null && <Failure error={error} retry={reload} />}
      {value === null && error === null && <Waiting lines={8} />}
      {value !== null && (
        <>
          <ChartFrame
            title={
              measure === "amount"
                ? all.chart.amounts(words.units[unit], currency)
                : all.chart.deals(words.units[unit])
            }
            places={value.periods.map(({ period }) => periodWords(period))}
            series={seriesOf(value.periods, measure, directory.names.money)}
            money={measure === "amount" ? directory.names.money : undefined}
          />
          <p className="muted">{words.about}</p>
          <TrendTable periods={value.periods} unit={unit} />
        </>
      )}
    </section>
  );
}

const drawnSums = [
  { name: "created", colour: "--band-cold" },
  { name: "won", colour: "--good" },
  { name: "lost", colour: "--bad" },
] as const;

function seriesOf(periods: readonly TrendPeriod[], measure: Measure, money: MoneyStyle | undefined) {
  return drawnSums.map(({ name, colour }) => {
    const sums = periods.map((period) => period[name]);
    return {
      label: words[name],
      colour,
      values: sums.map((each) =>
        measure === "amount" ? drawn(ownAmount(each)) : Number(each?.count ?? "0"),
      ),
      texts: sums.map((each) => textOf(each, measure, money)),
    };
  });
}

function textOf(sums: RecordSums | null, measure: Measure, money: MoneyStyle | undefined): string {
  if (measure === "count") return words.deals(sums?.count ?? "0");
  const amount = ownAmount(sums);
  return amount === null ? formatInt64("0") : formatMoney(amount, money);
}
