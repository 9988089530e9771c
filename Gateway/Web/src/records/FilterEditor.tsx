import { type FormEvent, Suspense, useId, useState } from "react";
import {
  boundOf,
  choosesValues,
  type Condition,
  isNumeric,
  isTemporal,
  valueName,
} from "../core/conditions";
import { draftOf } from "../core/fieldDraft";
import type { Field } from "../core/fields";
import { folded } from "../core/options";
import { type Period, periodNames } from "../core/periods";
import type { RecordKind } from "../core/recordKind";
import { WithUnit } from "../parts/Field";
import { DatePicker } from "../parts/lazyDates";
import { useWorkspace } from "../app/workspace";
import { words as values } from "../words/fields";
import { words as all } from "../words/lists";
import { capital } from "../words/sentences";
import { useFilterChoices } from "./useFilterChoices";

const words = all.filters;

interface Props {
  kind: RecordKind;
  field: Field;
  condition: Condition | null;
  onChange: (condition: Condition | null) => void;
  close: () => void;
}

/** Edits the condition of a filter, for a field of any kind. */
export function FilterEditor(props: Props) {
  const { field } = props;
  if (choosesValues(field)) return <ValuesFilter {...props} />;
  if (isTemporal(field)) return <TimeFilter {...props} />;
  if (isNumeric(field)) return <NumberFilter {...props} />;
  return <TextFilter {...props} />;
}

/** From this many values on, there is a search field. */
const searchedFrom = 9;

function ValuesFilter({ kind, field, condition, onChange }: Props) {
  const { names } = useWorkspace().directory;
  const choices = useFilterChoices(kind, field);
  const [text, setText] = useState("");
  const chosen =
    condition?.is === "oneOf" ? condition.values : condition?.is === "empty" ? [""] : [];
  const toggle = (value: string) => {
    const values = chosen.includes(value)
      ? chosen.filter((each) => each !== value)
      : [...chosen, value];
    if (values.length === 0) onChange(null);
    else if (values.length === 1 && values[0] === "") onChange({ is: "empty" });
    else onChange({ is: "oneOf", values });
  };
  const wanted = folded(text.trim());
  const shown = choices.filter((choice) => folded(choice.label).includes(wanted));
  return (
    <div className="filter-values">
      {choices.length >= searchedFrom && (
        <input
          className="input"
          type="search"
          aria-label={words.find(field.label)}
          placeholder={words.findShort}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <ul className="choices">
        {shown.length === 0 && <li className="muted choices-none">{words.noMatch}</li>}
        {shown.map((choice) => (
          <li key={choice.value}>
            <label className="choice">
              <input
                type="checkbox"
                checked={chosen.includes(choice.value)}
                onChange={() => toggle(choice.value)}
              />
              {choice.colour !== undefined && choice.colour !== "" && (
                <span className="colour-dot" style={{ background: choice.colour }} aria-hidden="true" />
              )}
              <bdi>{choice.label || capital(valueName(field, choice.value, names))}</bdi>
            </label>
          </li>
        ))}
      </ul>
    </div>
  );
}

const pastPeriods: readonly Period[] = [
  "today",
  "yesterday",
  "this_week",
  "last_week",
  "this_month",
  "last_month",
  "this_year",
  "last_7_days",
  "last_30_days",
  "before_30_days",
];
const comingPeriods: readonly Period[] = ["tomorrow", "next_week", "next_7_days"];

function TimeFilter({ field, condition, onChange }: Props) {
  const between = condition?.is === "between" ? condition : { from: "", to: "" };
  const periods = field.readOnly === true ? pastPeriods : [...pastPeriods, ...comingPeriods];
  const isNow = (period: Period) => condition?.is === "during" && condition.period === period;
  const set = (change: { from?: string; to?: string }) => {
    const { from, to } = { from: between.from, to: between.to, ...change };
    onChange(from === "" && to === "" ? null : { is: "between", from, to });
  };
  return (
    <div className="filter-form">
      <ul className="choices">
        {periods.map((period) => (
          <li key={period}>
            <label className="choice">
              <input
                type="radio"
                name={`period ${field.name}`}
                checked={isNow(period)}
                onChange={() => onChange({ is: "during", period })}
              />
              {capital(periodNames[period])}
            </label>
          </li>
        ))}
        <Emptiness field={field} condition={condition} onChange={onChange} />
      </ul>
      <div className="filter-range">
        <Bound label={words.from} value={between.from} onChange={(from) => set({ from })} />
        <Bound label={words.to} value={between.to} onChange={(to) => set({ to })} />
      </div>
    </div>
  );
}

interface BoundProps {
  label: string;
  value: string;
  onChange: (day: string) => void;
}

function Bound({ label, value, onChange }: BoundProps) {
  const id = useId();
  return (
    <div className="filter-bound">
      <label htmlFor={id}>{label}</label>
      <Suspense fallback={<input className="input" aria-label={label} readOnly />}>
        <DatePicker id={id} label={label} value={value} clearable onChange={onChange} />
      </Suspense>
    </div>
  );
}

function Emptiness({ field, condition, onChange }: Omit<Props, "kind" | "close">) {
  if (field.required === true) return null;
  return (
    <>
      {(["filled", "empty"] as const).map((is) => (
        <li key={is}>
          <label className="choice">
            <input
              type="radio"
              name={`period ${field.name}`}
              checked={condition?.is === is}
              onChange={() => onChange({ is })}
            />
            {is === "empty" ? values.empty : values.notEmpty}
          </label>
        </li>
      ))}
    </>
  );
}

function NumberFilter({ field, condition, onChange, close }: Props) {
  const written = (bound: string) => (field.kind === "duration" ? String(draftOf(field, bound || null)) : bound);
  const [from, setFrom] = useState(condition?.is === "between" ? written(condition.from) : "");
  const [to, setTo] = useState(condition?.is === "between" ? written(condition.to) : "");
  const unit = field.kind === "duration" ? undefined : field.unit;
  const [error, setError] = useState("");
  const take = (event: FormEvent) => {
    event.preventDefault();
    const [least, most] = [boundOf(from, field), boundOf(to, field)];
    if (least === null || most === null) return setError(words.noNumbers);
    onChange(least === "" && most === "" ? null : { is: "between", from: least, to: most });
    close();
  };
  return (
    <form className="filter-form" onSubmit={take}>
      <div className="filter-range">
        <label>
          {words.least}
          <WithUnit unit={unit}>
            <input
              className="input"
              inputMode="decimal"
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            />
          </WithUnit>
        </label>
        <label>
          {words.most}
          <WithUnit unit={unit}>
            <input
              className="input"
              inputMode="decimal"
              value={to}
              onChange={(event) => setTo(event.target.value)}
            />
          </WithUnit>
        </label>
      </div>
      {error !== "" && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <ul className="choices">
        <Emptiness field={field} condition={condition} onChange={onChange} />
      </ul>
      <button type="submit" className="button button-main">
        {words.show}
      </button>
    </form>
  );
}

function TextFilter({ field, condition, onChange, close }: Props) {
  const given = condition?.is === "contains" || condition?.is === "equals" ? condition.text : "";
  const [text, setText] = useState(given);
  const take = (event: FormEvent) => {
    event.preventDefault();
    onChange(text.trim() === "" ? null : { is: "contains", text: text.trim() });
    close();
  };
  return (
    <form className="filter-form" onSubmit={take}>
      <label>
        {words.contains}
        <input className="input" value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <ul className="choices">
        <Emptiness field={field} condition={condition} onChange={onChange} />
      </ul>
      <button type="submit" className="button button-main">
        {words.show}
      </button>
    </form>
  );
}
