import {
  besidePeriod,
  type FiscalPeriod,
  periodDays,
  periodOf,
  type PeriodUnit,
  periodWords,
  readPeriod,
} from "../../core/fiscal";
import { groupings } from "../../core/forecast";
import type { ForecastState } from "../../core/forecastState";
import { DatePicker } from "../../parts/DatePicker";
import { Field, SelectField } from "../../parts/Field";
import { IconButton } from "../../parts/IconButton";
import { Segmented } from "../../parts/Segmented";
import { words } from "../../words/forecast";

interface Props {
  state: ForecastState;
  /** The period of the response on screen; null before the first one. */
  period: { start_date: string; end_date: string } | null;
  /** In the tenant's time zone. */
  today: string;
  firstMonth: number;
  sinceError: string | undefined;
  change: (next: Partial<ForecastState>) => void;
}

const units: readonly PeriodUnit[] = ["month", "quarter", "year"];

/** How many periods before and after the one on screen can be chosen at once. */
const around: Readonly<Record<PeriodUnit, [number, number]>> = {
  month: [18, 12],
  quarter: [8, 8],
  year: [5, 3],
};

/** Chooses the period, the grouping, and the day to compare with. */
export function ForecastBar({ state, period, today, firstMonth, sinceError, change }: Props) {
  const shown = readPeriod(state.period, firstMonth) ?? periodOf("quarter", today, firstMonth);
  const present = periodOf(shown.unit, today, firstMonth);
  const go = (to: FiscalPeriod) => {
    const isUsual = to.name === periodOf("quarter", today, firstMonth).name;
    change({ period: isUsual ? "" : to.name });
  };
  const [before, after] = around[shown.unit];
  const offered = Array.from({ length: before + after + 1 }, (_, place) =>
    besidePeriod(shown, place - before, firstMonth),
  );
  const days = period === null ? shown : { start: period.start_date, end: period.end_date };
  return (
    <div className="forecast-bar">
      <div className="forecast-period">
        <Segmented
          label={words.period.unit}
          choices={units.map((value) => ({ value, label: words.period.units[value] }))}
          value={shown.unit}
          onChange={(unit) => go(periodOf(unit, nearest(shown, today), firstMonth))}
        />
        <div className="forecast-steps">
          <IconButton
            icon="collapse"
            label={words.period.previous}
            onClick={() => go(besidePeriod(shown, -1, firstMonth))}
          />
          <select
            className="input"
            aria-label={words.period.label}
            value={shown.name}
            onChange={(event) => {
              const chosen = readPeriod(event.target.value, firstMonth);
              if (chosen !== null) go(chosen);
            }}
          >
            {offered.map(({ name }) => (
              <option key={name} value={name}>
                {name === present.name ? words.period.present(periodWords(name)) : periodWords(name)}
              </option>
            ))}
          </select>
          <IconButton
            icon="expand"
            label={words.period.next}
            onClick={() => go(besidePeriod(shown, 1, firstMonth))}
          />
        </div>
        <p className="muted">{periodDays(days)}</p>
      </div>
      <SelectField
        label={words.by.label}
        value={state.by}
        onChange={(event) => change({ by: groupings.find((each) => each === event.target.value) ?? "owner" })}
      >
        {groupings.map((by) => (
          <option key={by} value={by}>
            {words.by[by]}
          </option>
        ))}
      </SelectField>
      <Field
        label={words.since.label}
        hint={words.since.hint}
        error={sinceError}
        control={(wiring) => (
          <DatePicker
            label={words.since.label}
            clearable
            max={today}
            value={state.since}
            onChange={(since) => change({ since })}
            {...wiring}
          />
        )}
      />
    </div>
  );
}

/** The day of a period that is nearest to today, so that a period of another length includes it. */
function nearest({ start, end }: FiscalPeriod, today: string): string {
  if (start > today) return start;
  return end < today ? end : today;
}
