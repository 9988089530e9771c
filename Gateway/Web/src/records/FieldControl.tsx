import { type ComponentType, type FocusEvent, type KeyboardEvent, Suspense, useState } from "react";
import type { Draft, MoneyDraft } from "../core/fieldDraft";
import type { Field } from "../core/fields";
import type { Rec } from "../core/recordKind";
import { Combobox } from "../parts/Combobox";
import { DatePicker, DateTimePicker } from "../parts/lazyDates";
import { WithUnit } from "../parts/Field";
import { MultiCombobox } from "../parts/MultiCombobox";
import { words } from "../words/fields";
import { useChoices, useKnownChoice, useKnownChoices } from "./useChoices";

/** The props of every control of a field. */
export interface ControlProps {
  field: Field;
  /** The record; for a new one, what its choices depend on; undefined when it is unknown or there are many. */
  record?: Rec;
  draft: Draft;
  onChange: (draft: Draft) => void;
  /** For an editor in place: focused, and a choice is taken at once. */
  inPlace?: {
    /** Takes the draft, or this one. */
    take: (draft?: Draft) => void;
    /** Focus went elsewhere: what was typed is taken, unless it was refused before. */
    leave: () => void;
    giveUp: () => void;
  };
  readOnly?: boolean;
  id?: string;
  "aria-invalid"?: boolean | undefined;
  "aria-describedby"?: string | undefined;
}

/** The control that edits a field, by its kind. */
export function FieldControl(props: ControlProps) {
  const Control = controls[props.field.kind] ?? TextControl;
  return <Control {...props} />;
}

const controls: Partial<Record<Field["kind"], ComponentType<ControlProps>>> = {
  lines: LinesControl,
  code: LinesControl,
  money: MoneyControl,
  flag: FlagControl,
  choice: ChoiceControl,
  picklist: ChoiceControl,
  reference: ChoiceControl,
  zone: ChoiceControl,
  references: ChoicesControl,
  texts: TextsControl,
  colour: ColourControl,
  date: DateControl,
  moment: DateControl,
};

/** Connects a control with its label and error. */
function wiring({ id, field, inPlace, ...props }: ControlProps) {
  return {
    id,
    "aria-label": inPlace === undefined ? undefined : field.label,
    "aria-invalid": props["aria-invalid"],
    "aria-describedby": props["aria-describedby"],
    autoFocus: inPlace !== undefined,
  };
}

const inputTypes: Partial<Record<Field["kind"], string>> = {
  email: "email",
  phone: "tel",
  url: "url",
};

function TextControl(props: ControlProps) {
  const { field, draft, onChange, inPlace, readOnly } = props;
  const isNumber = field.kind === "integer" || field.kind === "decimal";
  return (
    <WithUnit unit={field.kind === "duration" ? undefined : field.unit}>
      <input
        className="input"
        type={inputTypes[field.kind] ?? "text"}
        inputMode={isNumber ? (field.kind === "integer" ? "numeric" : "decimal") : undefined}
        dir={isNumber ? undefined : "auto"}
        readOnly={readOnly}
        value={draft as string}
        onChange={(event) => onChange(event.target.value)}
        onFocus={(event) => inPlace && event.target.select()}
        onBlur={() => inPlace?.leave()}
        onKeyDown={keys(inPlace)}
        {...wiring(props)}
      />
    </WithUnit>
  );
}

/** Days and times are picked in a calendar or typed; in place, leaving the field takes the value. */
function DateControl(props: ControlProps) {
  const { field, draft, onChange, inPlace, readOnly } = props;
  const Picker = field.kind === "date" ? DatePicker : DateTimePicker;
  const leave = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) inPlace?.leave();
  };
  return (
    <span className="field-date" onBlur={leave} onKeyDown={keys(inPlace)}>
      <Suspense fallback={<input className="input" aria-label={field.label} readOnly />}>
        <Picker
          label={field.label}
          value={draft as string}
          clearable={field.required !== true}
          disabled={readOnly}
          onChange={onChange}
          {...(props.id === undefined ? {} : { id: props.id })}
          aria-invalid={props["aria-invalid"]}
          aria-describedby={props["aria-describedby"]}
        />
      </Suspense>
    </span>
  );
}

function LinesControl(props: ControlProps) {
  const { field, draft, onChange, inPlace, readOnly } = props;
  const onKey = keys(inPlace);
  const text = (
    <textarea
      className={field.kind === "code" ? "input code" : "input"}
      dir="auto"
      rows={4}
      spellCheck={field.kind === "lines"}
      readOnly={readOnly}
      value={draft as string}
      onChange={(event) => onChange(event.target.value)}
      onBlur={() => inPlace?.leave()}
      onKeyDown={(event) => {
        // Enter begins a new line; Ctrl-Enter takes the text.
        if (event.key !== "Enter" || event.ctrlKey || event.metaKey) onKey(event);
        else event.stopPropagation();
      }}
      {...wiring(props)}
    />
  );
  if (inPlace === undefined) return text;
  return (
    <span className="field-lines">
      {text}
      <span className="field-hint">{words.lines}</span>
    </span>
  );
}

function MoneyControl(props: ControlProps) {
  const { field, draft, onChange, inPlace, readOnly } = props;
  const money = draft as MoneyDraft;
  const onKeyDown = keys(inPlace);
  const leave = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) inPlace?.leave();
  };
  return (
    <span className="money-control" role="group" aria-label={field.label} onBlur={leave}>
      <input
        className="input"
        inputMode="decimal"
        readOnly={readOnly}
        value={money.amount}
        onChange={(event) => onChange({ ...money, amount: event.target.value })}
        onKeyDown={onKeyDown}
        {...wiring({ ...props, field: { ...field, label: words.amount } })}
      />
      <input
        className="input"
        aria-label={words.currency}
        maxLength={3}
        readOnly={readOnly}
        value={money.currency}
        onChange={(event) => onChange({ ...money, currency: event.target.value })}
        onKeyDown={onKeyDown}
      />
    </span>
  );
}

function FlagControl(props: ControlProps) {
  const { draft, onChange, inPlace, readOnly } = props;
  return (
    <input
      type="checkbox"
      className="flag"
      checked={draft === true}
      disabled={readOnly}
      onChange={(event) => {
        onChange(event.target.checked);
        inPlace?.take(event.target.checked);
      }}
      onKeyDown={keys(inPlace)}
      {...wiring(props)}
    />
  );
}

function ChoiceControl(props: ControlProps) {
  const { field, draft, onChange, inPlace, readOnly } = props;
  const value = draft as string;
  const options = useChoices(field, [value], props.record);
  const known = useKnownChoice(field, value);
  const choose = (chosen: string) => {
    onChange(chosen);
    inPlace?.take(chosen);
  };
  return (
    <Combobox
      label={field.label}
      options={options}
      known={known}
      value={value}
      clearable={field.required !== true}
      disabled={readOnly}
      startsOpen={inPlace !== undefined}
      onChange={choose}
      {...(inPlace === undefined ? {} : { onGiveUp: inPlace.giveUp })}
      {...(props.id === undefined ? {} : { id: props.id })}
      aria-invalid={props["aria-invalid"]}
      aria-describedby={props["aria-describedby"]}
    />
  );
}

function ChoicesControl(props: ControlProps) {
  const { field, draft, onChange, inPlace } = props;
  const values = draft as string[];
  const options = useChoices(field, values);
  const known = useKnownChoices(field, values);
  return (
    <MultiCombobox
      label={field.label}
      options={options}
      known={known}
      values={values}
      startsOpen={inPlace !== undefined}
      onChange={(chosen) => onChange([...chosen])}
      {...(inPlace === undefined ? {} : { onGiveUp: inPlace.leave })}
      {...(props.id === undefined ? {} : { id: props.id })}
    />
  );
}

/** Words that people make up themselves, such as tags. */
function TextsControl(props: ControlProps) {
  const { field, draft, onChange, inPlace } = props;
  const values = draft as string[];
  const [made, setMade] = useState<readonly string[]>([]);
  const options = [...new Set([...values, ...made])].map((value) => ({ value, label: value }));
  return (
    <MultiCombobox
      label={field.label}
      options={options}
      values={values}
      startsOpen={inPlace !== undefined}
      onChange={(chosen) => onChange([...chosen])}
      onCreate={(text) => {
        setMade((before) => [...before, text]);
        onChange([...values, text]);
      }}
      {...(inPlace === undefined ? {} : { onGiveUp: inPlace.leave })}
      {...(props.id === undefined ? {} : { id: props.id })}
    />
  );
}

function ColourControl(props: ControlProps) {
  const { draft, onChange, inPlace, readOnly } = props;
  return (
    <input
      type="color"
      className="colour-control"
      disabled={readOnly}
      value={(draft as string) || "#808080"}
      onChange={(event) => onChange(event.target.value)}
      onBlur={() => inPlace?.leave()}
      onKeyDown={keys(inPlace)}
      {...wiring(props)}
    />
  );
}

function keys(inPlace: ControlProps["inPlace"]) {
  return (event: KeyboardEvent) => {
    if (inPlace === undefined) return;
    if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      inPlace.take();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      inPlace.giveUp();
    } else if (event.key !== "Tab") {
      event.stopPropagation();
    }
  };
}
