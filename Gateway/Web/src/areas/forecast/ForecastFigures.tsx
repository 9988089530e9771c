import { useWorkspace } from "../../app/workspace";
import type { ForecastResponse } from "../../core/api.generated";
import {
  dealsAddress,
  type Figure,
  type ForecastLine,
  forecastRows,
  type ForecastTable,
  type Grouping,
  isUnconverted,
} from "../../core/forecast";
import { formatInt64, formatMoney } from "../../core/format";
import { Link } from "../../parts/Link";
import { words as all } from "../../words/forecast";
import { Change, countChangeText, moneyChangeText } from "./amounts";
import { columnName, nameOfKey } from "./names";

const words = all.figures;

interface Props {
  forecast: ForecastResponse;
  by: Grouping;
  table: ForecastTable;
  /** The tenant's currency. */
  currency: string;
}

/** The forecast in figures, each of which links to the deals behind it. */
export function ForecastFigures({ forecast, by, table, currency }: Props) {
  const { permissions, directory } = useWorkspace();
  const { columns, lines, total } = table;
  const shown = { forecast, by, columns, currency };
  return (
    <section aria-labelledby="forecast-figures">
      <h2 id="forecast-figures">{words.title}</h2>
      <div className="table-scroll" role="region" aria-label={words.table} tabIndex={0}>
        <table className="table forecast-table">
          <thead>
            <tr>
              <th scope="col">{all.by[by]}</th>
              {columns.map((id) => (
                <th key={id} scope="col" className="number">
                  {columnName(id)}
                </th>
              ))}
              <th scope="col" className="number">
                {words.count}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line key={line.key} line={line} name={nameOfKey(by, line.key, directory)} {...shown} />
            ))}
            <Line line={total} name={words.all} isTotal {...shown} />
          </tbody>
        </table>
      </div>
      {forecast.more_groups && <p className="muted">{words.more}</p>}
      {isUnconverted(forecast.total?.all ?? null) && (
        <p className="form-note">
          {words.noRate(currency)}{" "}
          {permissions.may("tenant.edit") && <Link to="/settings/currencies">{words.rates}</Link>}
        </p>
      )}
    </section>
  );
}

interface LineProps {
  line: ForecastLine;
  name: string;
  isTotal?: boolean;
  forecast: ForecastResponse;
  by: Grouping;
  columns: readonly string[];
  currency: string;
}

/** A sum, and a row for each currency that is part of it. */
function Line({ line, name, isTotal = false, forecast, by, columns, currency }: LineProps) {
  const isCompared = forecast.snapshot_date !== "";
  const period = { start: forecast.start_date, end: forecast.end_date };
  return (
    <>
      {forecastRows(line, columns, currency).map((row, place) => (
        <tr
          key={`${row.currency} ${row.isConverted}`}
          className={`${isTotal ? "forecast-total" : ""} ${place > 0 ? "forecast-further" : ""}`}
        >
          <th scope="row" className={place > 0 ? "muted" : undefined}>
            <bdi className={place > 0 ? "unseen" : undefined}>{name}</bdi>
            {place > 0 && words.part(row.currency)}
          </th>
          {columns.map((id) => {
            const figure = row.figures[id];
            const to = dealsAddress(period, by, isTotal ? null : line.key, line.sums[id]?.categories ?? []);
            return (
              <td key={id} data-label={columnName(id)} className="number">
                {figure !== undefined && (
                  <FigureView {...{ figure, to, name }} column={columnName(id)} />
                )}
              </td>
            );
          })}
          <td data-label={place === 0 ? words.count : undefined} className="number">
            {place === 0 && (
              <>
                {formatInt64(line.count)}
                {isCompared && <Change text={countChangeText(line.countChange)} />}
              </>
            )}
          </td>
        </tr>
      ))}
    </>
  );
}

interface FigureProps {
  figure: Figure;
  to: string;
  name: string;
  column: string;
}

function FigureView({ figure, to, name, column }: FigureProps) {
  const { amount, change, isCompared, isTooLarge } = figure;
  const { money } = useWorkspace().directory.names;
  if (isTooLarge) return <span className="muted">{words.tooLarge}</span>;
  const text = amount === null ? words.nothing : formatMoney(amount, money);
  const hasChanged = amount !== null || change !== null;
  return (
    <>
      {amount === null ? (
        <span className="muted">{text}</span>
      ) : (
        <Link to={to} aria-label={words.behind(name, column, text)}>
          {text}
        </Link>
      )}
      {isCompared && hasChanged && <Change text={moneyChangeText(change, money)} />}
    </>
  );
}
