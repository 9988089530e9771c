import type { ReactNode } from "react";
import { useWorkspace } from "../../app/workspace";
import type { RecordSums, TrendPeriod } from "../../core/api.generated";
import { periodWords } from "../../core/fiscal";
import { listOfDeals } from "../../core/forecast";
import type { TrendUnit } from "../../core/forecastState";
import { formatInt64, formatMoney, formatNumber } from "../../core/format";
import { Link } from "../../parts/Link";
import { words as all } from "../../words/forecast";
import { Change, changeText, countChangeText, moneyChangeText } from "./amounts";

const words = all.trends;

interface Props {
  /** Oldest first. */
  periods: readonly TrendPeriod[];
  unit: TrendUnit;
}

/** Trends in figures, the newest first. */
export function TrendTable({ periods, unit }: Props) {
  return (
    <div className="table-scroll" role="region" aria-label={words.table} tabIndex={0}>
      <table className="table forecast-table">
        <thead>
          <tr>
            <th scope="col">{words.units[unit]}</th>
            {[words.created, words.won, words.lost, words.rate, words.size, words.cycle].map((title) => (
              <th key={title} scope="col" className="number">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...periods].reverse().map((period) => (
            <Row key={period.period} period={period} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ period }: { period: TrendPeriod }) {
  const { change, win_rate: rate, mean_size: size, cycle_days: days } = period;
  const { money } = useWorkspace().directory.names;
  const name = periodWords(period.period);
  const begun = dealsOf("start_date", period);
  const closed = (status: string) => `${dealsOf("close_date", period)}&status=${status}`;
  return (
    <tr>
      <th scope="row">{name}</th>
      <SumsCell name={name} title={words.created} sums={period.created} change={change?.created} to={begun} />
      <SumsCell name={name} title={words.won} sums={period.won} change={change?.won} to={closed("won")} />
      <SumsCell name={name} title={words.lost} sums={period.lost} change={change?.lost} to={closed("lost")} />
      <Cell
        title={words.rate}
        value={rate === null ? null : words.percent(rate)}
        change={numberChange(change?.win_rate, words.points)}
      />
      <Cell
        title={words.size}
        value={size === null ? null : formatMoney(size, money)}
        change={change?.mean_size ? moneyChangeText(change.mean_size, money) : null}
      />
      <Cell
        title={words.cycle}
        value={days === null ? null : formatNumber(days)}
        change={numberChange(change?.cycle_days, formatNumber)}
        isPlain
      />
    </tr>
  );
}

function dealsOf(field: string, { start_date: from, end_date: to }: TrendPeriod): string {
  return listOfDeals([[field, { is: "between", from, to }]]);
}

function numberChange(change: number | null | undefined, written: (value: number) => string): string | null {
  if (change === null || change === undefined) return null;
  return changeText(String(change), (digits) => written(Number(digits)));
}

interface SumsProps {
  name: string;
  title: string;
  sums: RecordSums | null;
  change: RecordSums | null | undefined;
  to: string;
}

/** The number of deals, and their sum in each currency. */
function SumsCell({ name, title, sums, change, to }: SumsProps) {
  const { money } = useWorkspace().directory.names;
  const count = sums?.count ?? "0";
  return (
    <td data-label={title} className="number">
      {count === "0" ? (
        <span className="muted">{formatInt64(count)}</span>
      ) : (
        <Link to={to} aria-label={words.behind(name, title, count)}>
          {formatInt64(count)}
        </Link>
      )}
      {sums?.sum.map((sum) => (
        <span key={sum.currency} className="figure-part">
          {formatMoney(sum, money)}
        </span>
      ))}
      {change && <Change text={countChangeText(change.count)} />}
    </td>
  );
}

interface CellProps {
  title: string;
  value: ReactNode;
  change: string | null;
  /** Whether more is neither good nor bad. */
  isPlain?: boolean;
}

function Cell({ title, value, change, isPlain = false }: CellProps) {
  return (
    <td data-label={title} className="number">
      {value ?? <span className="muted">{all.figures.nothing}</span>}
      {change !== null && <Change text={change} isPlain={isPlain} />}
    </td>
  );
}
