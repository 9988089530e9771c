import type { ReactNode } from "react";
import { useWorkspace } from "../../app/workspace";
import type { RecordSums, TrendPeriod } from "../../core/api.generated";
import { periodWords } from "../../core/fiscal";
import { isUnconverted, listOfDeals, ownAmounts } from "../../core/forecast";
import type { Measure, TrendUnit } from "../../core/forecastState";
import { formatInt64, formatMoney, formatNumber, type MoneyStyle } from "../../core/format";
import { Link } from "../../parts/Link";
import { words as all } from "../../words/forecast";
import { type Aim, Change, changeText, moneyChangeText } from "./amounts";

const words = all.trends;

interface Props {
  /** Oldest first. */
  periods: readonly TrendPeriod[];
  unit: TrendUnit;
  /** What the changes of deals are given in: amounts, or how many there are. */
  measure: Measure;
  /** The tenant's currency. */
  currency: string;
}

/** Trends in figures, the newest first. */
export function TrendTable({ periods, unit, measure, currency }: Props) {
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
            <Row key={period.period} {...{ period, measure, currency }} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  period: TrendPeriod;
  measure: Measure;
  currency: string;
}

function Row({ period, measure, currency }: RowProps) {
  const { change, win_rate: rate, mean_size: size, cycle_days: days } = period;
  const { money } = useWorkspace().directory.names;
  const name = periodWords(period.period);
  const created = dealsOf("start_date", period);
  const closed = (status: string) => `${dealsOf("close_date", period)}&status=${status}`;
  const shown = { name, measure, currency };
  return (
    <tr>
      <th scope="row">{name}</th>
      <SumsCell {...shown} title={words.created} sums={period.created} change={change?.created} to={created} />
      <SumsCell {...shown} title={words.won} sums={period.won} change={change?.won} to={closed("won")} />
      <SumsCell
        {...shown}
        title={words.lost}
        sums={period.lost}
        change={change?.lost}
        to={closed("lost")}
        aim="less"
      />
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
        aim="neither"
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
  measure: Measure;
  currency: string;
  aim?: Aim;
}

/** The number of deals, and their sum: in the tenant's currency, of which in each other one. */
function SumsCell({ name, title, sums, change, to, measure, currency, aim }: SumsProps) {
  const { money } = useWorkspace().directory.names;
  const count = sums?.count ?? "0";
  const { whole, parts } = ownAmounts(sums, currency);
  return (
    <td data-label={title} className="number">
      {count === "0" ? (
        <span className="muted">{formatInt64(count)}</span>
      ) : (
        <Link to={to} aria-label={words.behind(name, title, count)}>
          {formatInt64(count)}
        </Link>
      )}
      {whole !== null && <span className="figure-part">{formatMoney(whole, money)}</span>}
      {parts.map((part) => (
        <span key={part.currency} className={`figure-part ${whole === null ? "" : "muted"}`}>
          {whole === null ? formatMoney(part, money) : words.part(formatMoney(part, money))}
        </span>
      ))}
      {change && <Change text={sumsChange(change, measure, money)} {...(aim && { aim })} />}
    </td>
  );
}

/** How deals have changed: by their amounts, or their number where amounts have no rate to compare them by. */
function sumsChange(change: RecordSums, measure: Measure, money: MoneyStyle | undefined): string {
  if (measure === "amount" && !isUnconverted(change)) return moneyChangeText(change.converted_sum, money);
  return changeText(change.count, words.deals);
}

interface CellProps {
  title: string;
  value: ReactNode;
  change: string | null;
  aim?: Aim;
}

function Cell({ title, value, change, aim }: CellProps) {
  return (
    <td data-label={title} className="number">
      {value ?? <span className="muted">{all.figures.nothing}</span>}
      {change !== null && <Change text={change} {...(aim && { aim })} />}
    </td>
  );
}
