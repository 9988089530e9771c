import { Suspense, useState } from "react";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import type { Task } from "../../core/api.generated";
import type { Weekday } from "../../core/dates";
import type { Rec } from "../../core/recordKind";
import { DatePicker } from "../../parts/lazyDates";
import { Field, SelectField, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";
import { words as rules } from "../../words/recurrence";
import { words as all } from "../../words/taskScreens";
import { NextTimes } from "./NextTimes";
import { dueDay, frequencies, type Frequency, monthChoices, onWords, weekdayName } from "./recurring";
import { restoreSeries } from "./restoringSeries";
import { ruleOfForm, type RuleForm, ruleForm } from "./recurrenceForm";
import { asTask, task } from "./task";

const words = all.recurring;
const days: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/**
 * Says how a task recurs. For one of a series, it and those after it follow the new rule; without a rule, the series
 * ends with it.
 */
export function RecurrenceDialog({ record, onClose }: { record: Rec; onClose: () => void }) {
  const { records } = useWorkspace();
  const undoable = useUndoable();
  // As it was when the dialog was opened; the page behind it may go on.
  const [before] = useState(() => asTask(record));
  const { id, etag, due_time, due_time_zone, recurrence, series_id } = before;
  const isSeries = series_id !== "";
  const form = useForm<RuleForm, Task>({
    name: `recurrence ${id}`,
    initial: ruleForm(recurrence),
    send: async (values) => {
      const rule = ruleOfForm(values);
      const next = rule === "" ? null : { rule, next_on: values.next_on };
      const isSplit = next !== null && isSeries && rule !== recurrence?.rule;
      const changed = isSplit
        ? records.verb(task, id, "split", { recurrence: next, etag })
        : records.update(task, id, etag, { recurrence: next });
      return asTask(await changed);
    },
    onDone: (after) => {
      undoable({ label: words.saved, takeBack: () => restoreSeries(records, before, after), about: id });
      onClose();
    },
  });
  const { kind, weekdays, next_on } = form.values;
  const isRepeating = kind !== "never" && kind !== "custom";
  return (
    <FormDialog title={words.dialog} action={words.save} form={form} onClose={onClose}>
      <div className="form-pair">
        <SelectField label={words.frequency} {...form.text("kind")}>
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
            unit={rules.unit(kind as Frequency, Number(form.values.interval))}
            {...form.text("interval")}
          />
        )}
      </div>
      {kind !== "custom" && form.errors["rule"] !== undefined && (
        <p className="field-error" role="alert">
          {form.errors["rule"]}
        </p>
      )}
      {kind === "custom" && (
        <TextField label={words.rule} hint={words.ruleHint} maxLength={1000} {...form.text("rule")} />
      )}
      {kind === "weekly" && (
        <fieldset className="weekdays">
          <legend>{words.weekdays}</legend>
          {days.map((day) => (
            <label key={day} className="check">
              <input
                type="checkbox"
                checked={weekdays.includes(day)}
                onChange={(event) => {
                  const others = weekdays.filter((each) => each !== day);
                  form.set({ weekdays: event.target.checked ? [...others, day] : others });
                }}
              />
              {weekdayName(day)}
            </label>
          ))}
        </fieldset>
      )}
      {kind === "monthly" && <MonthField day={dueDay(due_time, due_time_zone)} {...form.text("on")} />}
      {isRepeating && <EndFields form={form} />}
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
                  onChange={() => form.set({ next_on: each })}
                />
                {each === "completion" ? words.onCompletion : words.onDate}
              </label>
            ))}
          </fieldset>
          <NextTimes rule={ruleSoFar(form.values)} start={due_time} zone={due_time_zone} />
          {isSeries && <p className="form-note">{words.following}</p>}
        </>
      )}
    </FormDialog>
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

interface MonthProps {
  /** On which the task is due. */
  day: string;
  value: string;
  onChange: (event: { target: { value: string } }) => void;
}

/** Which day of a month: that of the due date, its day of the week, the last one, or the present choice. */
function MonthField({ day, value, onChange }: MonthProps) {
  const choices = [...new Set([...monthChoices(day), value])];
  return (
    <SelectField label={words.month} value={value} onChange={onChange}>
      {choices.map((each) => (
        <option key={each} value={each}>
          {each === "" ? words.sameDay : onWords(each)}
        </option>
      ))}
    </SelectField>
  );
}

/** When a series ends: never, after so many times, or on a day. */
function EndFields({ form }: { form: ReturnType<typeof useForm<RuleForm>> }) {
  const { end } = form.values;
  return (
    <div className="form-pair">
      <SelectField label={words.ends} {...form.text("end")}>
        <option value="never">{words.endNever}</option>
        <option value="after">{words.endAfter}</option>
        <option value="on">{words.endOn}</option>
      </SelectField>
      {end === "after" && <TextField label={words.times} inputMode="numeric" {...form.text("count")} />}
      {end === "on" && (
        <Field
          label={words.lastDay}
          error={form.errors["until"]}
          control={(wiring) => (
            <Suspense fallback={<input className="input" aria-label={words.lastDay} readOnly />}>
              <DatePicker label={words.lastDay} {...form.field("until")} {...wiring} />
            </Suspense>
          )}
        />
      )}
    </div>
  );
}
