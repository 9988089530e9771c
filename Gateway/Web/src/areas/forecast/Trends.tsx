import { useCallback } from "react";
import { useLoaded } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { decodeTrendsResponse, type RecordSums, type TrendPeriod } from "../../core/api.generated";
import { drawn, isDrawable } from "../../core/chartData";
import { periodWords } from "../../core/fiscal";
import { ownAmount } from "../../core/forecast";
import { type ForecastState, type Measure, measures, type TrendUnit, trendUnits } from "../../core/forecastState";
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
  const { api } = useWorkspace();
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
          <TrendChart periods={value.periods} {...{ unit, measure, currency }} />
          <p className="muted">
            {measure === "amount" ? words.amountChanges(currency) : words.dealChanges}
          </p>
          <TrendTable periods={value.periods} {...{ unit, measure, currency }} />
        </>
      )}
    </section>
  );
}

interface ChartProps {
  periods: readonly TrendPeriod[];
  unit: TrendUnit;
  measure: Measure;
  currency: string;
}

/** The periods as bars; in words where there is nothing to draw. */
export function TrendChart({ periods, unit, measure, currency }: ChartProps) {
  const { money } = useWorkspace().directory.names;
  const isAmount = measure === "amount";
  const series = seriesOf(periods, measure, money);
  if (!isDrawable(series)) {
    const isWithoutDeals = !isDrawable(seriesOf(periods, "count", money));
    return <p className="form-note">{isWithoutDeals ? words.none : words.noAmounts(currency)}</p>;
  }
  return (
    <ChartFrame
      title={
        isAmount ? all.chart.amounts(words.units[unit], currency) : all.chart.deals(words.units[unit])
      }
      places={periods.map(({ period }) => periodWords(period))}
      series={series}
      money={isAmount ? money : undefined}
    />
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
