import { useWorkspace } from "../../app/workspace";
import { drawn } from "../../core/chartData";
import { type ForecastTable, type Grouping, ownAmount } from "../../core/forecast";
import { formatMoney } from "../../core/format";
import { words as all } from "../../words/forecast";
import { ChartFrame } from "./ChartFrame";
import { columnName, nameOfKey } from "./names";

const words = all.figures;

/** The most groups that the chart shows; all of them are in the table. */
const mostDrawn = 12;

const colours: Readonly<Record<string, string>> = {
  pipeline: "--band-cold",
  best_case: "--band-hot",
  commit: "--brand",
  closed: "--good",
  sum: "--band-cold",
  weighted: "--brand",
};

interface Props {
  by: Grouping;
  table: ForecastTable;
  /** The tenant's: sums are drawn in it. */
  currency: string;
}

/** The groups that bring the most, as bars of their categories; the table has the same in figures. */
export function ForecastChart({ by, table, currency }: Props) {
  const { directory } = useWorkspace();
  const { money } = directory.names;
  const lines = by === "month" ? table.lines : table.lines.slice(0, mostDrawn);
  const isStacked = by !== "category";
  const columns = isStacked ? table.columns.filter((id) => id !== "weighted") : table.columns;
  const series = columns.map((id) => {
    const amounts = lines.map(({ sums }) => {
      const { now = null, isWeighted = false } = sums[id] ?? {};
      return isWeighted ? (now?.converted_weighted_sum ?? null) : ownAmount(now);
    });
    return {
      label: columnName(id),
      colour: colours[id] ?? "--text-muted",
      values: amounts.map(drawn),
      texts: amounts.map((amount) => (amount === null ? words.nothing : formatMoney(amount, money))),
    };
  });
  return (
    <ChartFrame
      title={all.chart.forecast(all.by[by], currency)}
      note={lines.length < table.lines.length ? all.chart.largest(lines.length) : ""}
      places={lines.map((line) => nameOfKey(by, line.key, directory))}
      series={series}
      isStacked={isStacked}
      isFlat={by !== "month"}
      money={money}
    />
  );
}
