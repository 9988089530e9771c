import { useMemo, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import type { Entry } from "../../core/entries";
import type { Field } from "../../core/fields";
import { formatInt64 } from "../../core/format";
import type { ImportedKind } from "../../core/importMapping";
import { questionsAt, type ReadValue, valueLists, type ValueList, withDecision } from "../../core/importReading";
import { calledBy, meantOption, type UnreadValue } from "../../core/importValues";
import type { Option } from "../../core/options";
import type { Rec } from "../../core/recordKind";
import { Combobox } from "../../parts/Combobox";
import { Segmented } from "../../parts/Segmented";
import type { OptionSource } from "../../parts/useOptions";
import { useChoices } from "../../records/useChoices";
import { words as ready } from "../../words/importReady";
import { importedKind } from "./kinds";
import { Questions } from "./Questions";
import type { ReadyProps } from "./ReadyImport";

const words = ready.values;

/** How many values of a list are shown before more are asked for. */
const shownFirst = 10;

interface Props extends ReadyProps {
  /** Values that an earlier import of the file could not match. */
  unread: readonly UnreadValue[];
}

/** Values that the tenant does not have: to be read as others, added to their list, or left out. */
export function ValuesSection(props: Props) {
  const { reading, settings, questions, value, unread } = props;
  const of = importedKind(value.object);
  const lists = useMemo(
    () => valueLists(of, reading, settings, unread),
    [of, reading, settings, unread],
  );
  const open = questionsAt(questions, "values");
  if (lists.length === 0 && open.length === 0) return null;
  const isGrowing = lists.some(({ field }) => of.adds?.fields.includes(field.name) === true);
  return (
    <section aria-labelledby="import-values">
      <h2 id="import-values" tabIndex={-1}>
        {words.title}
      </h2>
      <p className="muted">{isGrowing ? words.added : words.leftOut}</p>
      <Questions questions={open} says={words.question(open.map(({ column }) => column))} />
      {(isGrowing || open.length > 0) && <NewValues {...props} of={of} isAsked={open.length > 0} />}
      {lists.map((list) => (
        <Values key={list.field.name} {...props} of={of} list={list} />
      ))}
    </section>
  );
}

/** What becomes of all values that no list has, unless they are read as others. */
function NewValues({ followed, settings, of, isAsked }: ReadyProps & { of: ImportedKind; isAsked: boolean }) {
  const { permissions } = useWorkspace();
  const { choices } = settings;
  const mayAdd = of.adds !== undefined && permissions.may(of.adds.needs);
  const usual = isAsked ? "" : mayAdd ? "add" : "leave_out";
  return (
    <div className="import-new-values">
      <Segmented
        label={words.decide}
        choices={(["add", "leave_out"] as const).map((value) => ({
          value: value as string,
          label: words.choices[value],
          disabled: value === "add" && !mayAdd,
        }))}
        value={choices.new_values === "" ? usual : choices.new_values}
        onChange={(new_values) => followed.set({ choices: { ...choices, new_values } })}
      />
      {!mayAdd && <p className="field-hint">{words.mayNot}</p>}
    </div>
  );
}

interface ListProps extends ReadyProps {
  of: ImportedKind;
  list: ValueList;
}

function Values({ followed, settings, of, list }: ListProps) {
  const { field, headings, values } = list;
  const [all, setAll] = useState(false);
  const source = useChoices(field, undefined, useUsual(of, field, settings.fields));
  const known = typeof source === "function" || source.length === 0 ? null : source;
  const options = useMemo(() => withNothing(source), [source]);
  const heading = headings[0] ?? "";
  const isOwner = field.name === of.kind.owner;
  const shown = all ? values : values.slice(0, shownFirst);
  const hidden = values.length - shown.length;
  const decide = (from: string, to: string) =>
    followed.set({ values: withDecision(settings.values, list, from, meant(to)) });
  return (
    <div className="import-list">
      <h3>{isOwner ? words.owners(heading) : words.list(heading, field.label)}</h3>
      {isOwner && <p className="muted">{words.ownersHint}</p>}
      <div className="table-scroll" role="region" aria-label={words.table(heading)} tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{words.from}</th>
              <th scope="col" className="number">{words.rows}</th>
              <th scope="col">{words.to}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((value) => (
              <tr key={value.from}>
                <th scope="row">
                  <bdi>{value.from}</bdi>
                </th>
                <td className="number" data-label={words.rows}>
                  {value.rows !== null && formatInt64(value.rows)}
                </td>
                <td data-label={words.to}>
                  <ValueChoice
                    value={value}
                    field={field}
                    known={known}
                    options={options}
                    otherwise={otherwise(of, field, settings.choices.new_values)}
                    onChange={(to) => decide(value.from, to)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && (
        <button type="button" className="button" onClick={() => setAll(true)}>
          {words.more(hidden)}
        </button>
      )}
    </div>
  );
}

/** What becomes of a value about which nothing is decided. */
function otherwise(of: ImportedKind, field: Field, newValues: string): string {
  if (of.adds?.fields.includes(field.name) !== true) return words.asItIs;
  return newValues === "leave_out" ? words.choices.leave_out : words.add;
}

interface ChoiceProps {
  value: ReadValue;
  field: Field;
  known: readonly Option[] | null;
  options: OptionSource;
  otherwise: string;
  onChange: (to: string) => void;
}

function ValueChoice({ value, field, known, options, otherwise: usual, onChange }: ChoiceProps) {
  const { names } = useWorkspace().directory;
  const { from, to } = value;
  const chosen = chosenValue(field, known, to);
  return (
    <Combobox
      label={words.readAs(from)}
      placeholder={usual}
      clearable
      options={options}
      known={to === null ? [] : [to === "" ? noValue : { value: chosen, label: calledBy(chosen, field, names) }]}
      value={chosen}
      onChange={onChange}
    />
  );
}

/** Stands for no value; no option has this one. */
const nothing = "-";

const noValue: Option = { value: nothing, label: words.nothing };

/** What a choice says that a value is read as; null for a choice that was taken back. */
function meant(chosen: string): string | null {
  if (chosen === "") return null;
  return chosen === nothing ? "" : chosen;
}

/** The options, and one for no value: at the end while names are still being searched. */
function withNothing(source: OptionSource): OptionSource {
  if (typeof source !== "function") return [noValue, ...source];
  return async (text, signal) => {
    const found = await source(text, signal);
    return text === "" ? [...found, noValue] : found;
  };
}

/** The option for a value, which a known system may give by name. */
function chosenValue(field: Field, known: readonly Option[] | null, to: string | null): string {
  if (to === null) return "";
  if (to === "") return nothing;
  return (known !== null && meantOption(field, known, to)?.value) || to;
}

/**
 * A record with the value that a field's entries depend on, where no column fills that: for stages, the
 * default pipeline. Undefined if it can be any.
 */
function useUsual(of: ImportedKind, field: Field, fields: readonly string[]): Rec | undefined {
  const { entries } = useWorkspace().directory;
  const { within } = field;
  const owner = within === undefined ? undefined : of.kind.fields.get(within);
  const isFilled = within !== undefined && fields.includes(within);
  const all: readonly Entry[] = owner?.picklist === undefined || isFilled ? [] : entries(owner.picklist);
  const usual = (all.find(({ position }) => position === 0) ?? all[0])?.key;
  return useMemo(
    () =>
      within === undefined || usual === undefined ? undefined : { id: "", etag: "", [within]: usual },
    [within, usual],
  );
}
