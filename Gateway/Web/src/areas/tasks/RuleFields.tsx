import { Suspense } from "react";
import type { Weekday } from "../../core/dates";
import { DatePicker } from "../../parts/lazyDates";
import { Field, SelectField, TextField } from "../../parts/Field";
import { words as rules } from "../../words/recurrence";
import { words as all } from "../../words/taskScreens";
import { NextTimes } from "./NextTimes";
import { ruleOfForm, type RuleForm } from "./recurrenceForm";
import { dueDay, frequencies, type Frequency, monthChoices, onWords, weekdayName } from "./recurring";

const words = all.recurring;
const days: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

interface RuleProps {
  values: RuleForm;
  errors: Readonly<Record<string, string>>;
  set: (change: Partial<RuleForm>) => void;
}

interface Props extends RuleProps {
  /** When the task is due; "" if that is not said yet. */
  due: string;
  /** The time zone of its due time. */
  zone: string;
}

/** The controls for how a task recurs, and what comes of it; only the first one for a task that does not. */
export function RuleFields({ values, errors, set, due, zone }: Props) {
  const { kind, interval, weekdays, next_on } = values;
  const isRepeating = kind !== "never" && kind !== "custom";
  return (
    <>
      <div className="form-pair">
        <SelectField
          label={words.frequency}
          value={kind}
          onChange={(event) => set({ kind: event.target.value as RuleForm["kind"] })}
        >
          <option value="never">{words.never}</option>
          {frequencies.map((each) => (
            <option key={each} value={each}>
              {rules.every(each, 1)}
            </option>
          ))}
          <option value="custom">{words.custom}</option>
        </SelectField>
        {isRepeating && (
          <TextField
            label={words.every}
            inputMode="numeric"
            unit={rules.unit(kind as Frequency, Number(interval))}
            value={interval}
            error={errors["interval"]}
            onChange={(event) => set({ interval: event.target.value })}
          />
        )}
      </div>
      {kind !== "custom" && errors["rule"] !== undefined && (
        <p className="field-error" role="alert">
          {errors["rule"]}
        </p>
      )}
      {kind === "custom" && (
        <TextField
          label={words.rule}
          hint={words.ruleHint}
          maxLength={1000}
          value={values.rule}
          error={errors["rule"]}
          onChange={(event) => set({ rule: event.target.value })}
        />
      )}
      {kind === "weekly" && <WeekdayFields weekdays={weekdays} set={set} />}
      {kind === "monthly" && (
        <MonthField day={dueDay(due, zone)} value={values.on} onChange={(on) => set({ on })} />
      )}
      {isRepeating && <EndFields values={values} errors={errors} set={set} />}
      {kind !== "never" && (
        <>
          <fieldset className="choice-list">
            <legend>{words.made}</legend>
            {(["completion", "date"] as const).map((each) => (
              <label key={each} className="check">
                <input
                  type="radio"
                  name="next_on"
                  checked={next_on === each}
                  onChange={() => set({ next_on: each })}
                />
                {each === "completion" ? words.onCompletion : words.onDate}
              </label>
            ))}
          </fieldset>
          <NextTimes rule={ruleSoFar(values)} start={due} zone={zone} />
        </>
      )}
    </>
  );
}

/** The rule as far as it is filled in; "" if it is not. */
function ruleSoFar(values: RuleForm): string {
  try {
    return ruleOfForm(values);
  } catch {
    return "";
  }
}

function WeekdayFields({ weekdays, set }: Pick<RuleForm, "weekdays"> & Pick<RuleProps, "set">) {
  return (
    <fieldset className="weekdays">
      <legend>{words.weekdays}</legend>
      {days.map((day) => (
        <label key={day} className="check">
          <input
            type="checkbox"
            checked={weekdays.includes(day)}
            onChange={(event) => {
              const others = weekdays.filter((each) => each !== day);
              set({ weekdays: event.target.checked ? [...others, day] : others });
            }}
          />
          {weekdayName(day)}
        </label>
      ))}
    </fieldset>
  );
}

interface MonthProps {
  /** On which the task is due. */
  day: string;
  value: string;
  onChange: (on: string) => void;
}

/** Which day of a month: that of the due date, its day of the week, the last one, or the present choice. */
function MonthField({ day, value, onChange }: MonthProps) {
  const choices = [...new Set([...monthChoices(day), value])];
  return (
    <SelectField label={words.month} value={value} onChange={(event) => onChange(event.target.value)}>
      {choices.map((each) => (
        <option key={each} value={each}>
          {each === "" ? words.sameDay : onWords(each)}
        </option>
      ))}
    </SelectField>
  );
}

/** When a series ends: never, after so many times, or on a day. */
function EndFields({ values: { end, count, until }, errors, set }: RuleProps) {
  return (
    <div className="form-pair">
      <SelectField
        label={words.ends}
        value={end}
        onChange={(event) => set({ end: event.target.value as RuleForm["end"] })}
      >
        <option value="never">{words.endNever}</option>
        <option value="after">{words.endAfter}</option>
        <option value="on">{words.endOn}</option>
      </SelectField>
      {end === "after" && (
        <TextField
          label={words.times}
          inputMode="numeric"
          value={count}
          error={errors["count"]}
          onChange={(event) => set({ count: event.target.value })}
        />
      )}
      {end === "on" && (
        <Field
          label={words.lastDay}
          error={errors["until"]}
          control={(wiring) => (
            <Suspense fallback={<input className="input" aria-label={words.lastDay} readOnly />}>
              <DatePicker label={words.lastDay} value={until} onChange={(day) => set({ until: day })} {...wiring} />
            </Suspense>
          )}
        />
      )}
    </div>
  );
}
