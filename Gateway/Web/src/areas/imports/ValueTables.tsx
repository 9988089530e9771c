import { useMemo } from "react";
import { useWorkspace } from "../../app/workspace";
import type { Entry } from "../../core/entries";
import type { Field } from "../../core/fields";
import type { ImportMapping } from "../../core/fileImports";
import { importableFields, type ImportedKind } from "../../core/importMapping";
import {
  calledBy,
  type ListedColumn,
  listedColumns,
  meantOption,
  type UnreadValue,
  type ValueRow,
  valueRows,
  withValue,
} from "../../core/importValues";
import type { Option } from "../../core/options";
import type { Rec } from "../../core/recordKind";
import type { ImportedValue } from "../../core/types";
import { Combobox } from "../../parts/Combobox";
import type { OptionSource } from "../../parts/useOptions";
import { useChoices } from "../../records/useChoices";
import { words } from "../../words/importValues";

interface Props {
  of: ImportedKind;
  mapping: ImportMapping;
  /** The first rows of the file. */
  rows: string[][];
  unread: readonly UnreadValue[];
  onChange: (values: ImportedValue[]) => void;
}

/** Replacements for values that have other names here. */
export function ValueTables({ of, mapping, rows, unread, onChange }: Props) {
  const columns = useMemo(
    () => listedColumns(importableFields(of), mapping.mapping, rows),
    [of, mapping.mapping, rows],
  );
  if (columns.length === 0) return null;
  return (
    <section className="import-values" aria-labelledby="values-title">
      <h2 id="values-title">{words.title}</h2>
      <p className="muted">{words.hint}</p>
      {columns.map((column) => (
        <ColumnValues
          key={`${column.heading} ${column.field.name}`}
          of={of}
          column={column}
          mapping={mapping}
          unread={unread}
          onChange={onChange}
        />
      ))}
    </section>
  );
}

interface ColumnProps extends Pick<Props, "of" | "mapping" | "unread" | "onChange"> {
  column: ListedColumn;
}

function ColumnValues({ of, column, mapping, unread, onChange }: ColumnProps) {
  const { heading, field, values } = column;
  const source = useChoices(field, undefined, useUsual(of, field, mapping));
  const known = typeof source === "function" || source.length === 0 ? null : source;
  const shown = valueRows(column, known, mapping.values, unread);
  const choices = useMemo(() => withNothing(source), [source]);
  const decide = (from: string, to: string) =>
    onChange(withValue(mapping.values, { column: heading, from, to: to === nothing ? "" : to }));
  return (
    <div>
      <h3>{words.column(heading, field.label)}</h3>
      {shown.length === 0 && <p className="muted">{allRead(values.length, known)}</p>}
      {shown.length > 0 && (
        <div className="table-scroll" role="region" aria-label={words.table(heading)} tabIndex={0}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{words.from}</th>
                <th scope="col">{words.to}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr key={row.from}>
                  <th scope="row">
                    <bdi>{row.from}</bdi>
                  </th>
                  <td data-label={words.to}>
                    <ValueChoice
                      row={row}
                      field={field}
                      known={known}
                      choices={choices}
                      onChange={(to) => decide(row.from, to)}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

/** The message about a column none of whose values needs a decision, as far as that is known. */
function allRead(count: number, known: readonly Option[] | null): string {
  if (count === 0) return words.noValues;
  return known === null ? words.lookedUp : words.allKnown(count);
}

interface ChoiceProps {
  row: ValueRow;
  field: Field;
  known: readonly Option[] | null;
  choices: OptionSource;
  onChange: (to: string) => void;
}

function ValueChoice({ row, field, known, choices, onChange }: ChoiceProps) {
  const { names } = useWorkspace().directory;
  const { from, to } = row;
  const value = chosenValue(field, known, to);
  return (
    <Combobox
      label={words.readAs(from)}
      placeholder={words.asItIs}
      options={choices}
      known={to === null ? [] : [to === "" ? noValue : { value, label: calledBy(value, field, names) }]}
      value={value}
      onChange={onChange}
    />
  );
}

/** Stands for no value; no option has this one. */
const nothing = "-";

const noValue: Option = { value: nothing, label: words.nothing };

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
function useUsual(of: ImportedKind, field: Field, mapping: ImportMapping): Rec | undefined {
  const { entries } = useWorkspace().directory;
  const { within } = field;
  const owner = within === undefined ? undefined : of.kind.fields.get(within);
  const isFilled = mapping.mapping.some((each) => each.field === within);
  const all: readonly Entry[] = owner?.picklist === undefined || isFilled ? [] : entries(owner.picklist);
  const usual = (all.find(({ position }) => position === 0) ?? all[0])?.key;
  return useMemo(
    () =>
      within === undefined || usual === undefined ? undefined : { id: "", etag: "", [within]: usual },
    [within, usual],
  );
}
