import { useId } from "react";
import { useWorkspace } from "../../app/workspace";
import type { Field, Fields } from "../../core/fields";
import type { RecordKind } from "../../core/recordKind";
import {
  type Operator,
  operators,
  operatorsOf,
  rowFault,
  type RuleRow,
  takesValue,
} from "../../core/ruleRows";
import { Combobox } from "../../parts/Combobox";
import { WithUnit } from "../../parts/Field";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { MultiCombobox } from "../../parts/MultiCombobox";
import { useRemoval } from "../../parts/useRemoval";
import { useFilterChoices } from "../../records/useFilterChoices";
import { words as all } from "../../words/settings";

const words = all.rule;

/** What conditions are about. */
export interface Subject {
  kind: RecordKind;
  /** The fields that they can use. */
  fields: Fields;
}

interface Props extends Subject {
  /** The heading of the rows. */
  legend: string;
  rows: readonly RuleRow[];
  /** The initial content of an added row. */
  next: RuleRow;
  /** Whether there may be no row. */
  mayBeEmpty: boolean;
  /** Whether missing values are reported: after the first attempt to save. */
  showsFaults: boolean;
  error: string | undefined;
  onChange: (rows: readonly RuleRow[]) => void;
}

/** The conditions that a record must meet, one row for each: all must hold. */
export function RuleRows(props: Props) {
  const { kind, fields, legend, rows, next: added, mayBeEmpty, showsFaults, error, onChange } = props;
  const { list, removed } = useRemoval<HTMLFieldSetElement>();
  const mayRemove = mayBeEmpty || rows.length > 1;
  const set = (place: number, row: RuleRow) =>
    onChange(rows.map((each, at) => (at === place ? row : each)));
  const remove = (place: number) => {
    removed(place);
    onChange(rows.filter((_, at) => at !== place));
  };
  return (
    <fieldset ref={list} className="rule-rows">
      <legend>{legend}</legend>
      {rows.map((row, place) => (
        <Row
          key={place}
          kind={kind}
          fields={fields}
          row={row}
          place={place}
          fault={showsFaults ? rowFault(fields, row) : ""}
          onChange={(next) => set(place, next)}
          remove={mayRemove ? () => remove(place) : null}
        />
      ))}
      {error !== undefined && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <button type="button" className="button-quiet" onClick={() => onChange([...rows, added])}>
        <Icon name="plus" />
        {rows.length === 0 ? words.addFirst : words.addRow}
      </button>
    </fieldset>
  );
}

interface RowProps extends Subject {
  row: RuleRow;
  place: number;
  fault: string;
  onChange: (row: RuleRow) => void;
  remove: (() => void) | null;
}

function Row({ kind, fields, row, place, fault, onChange, remove }: RowProps) {
  const id = useId();
  const field = fields.get(row.field);
  const options = [...fields.values()].map((each) => ({ value: each.name, label: each.label }));
  const offered = field === undefined ? [] : operatorsOf(field);
  const name = words.row(place + 1);
  const chooseField = (next: string) => {
    const chosen = fields.get(next);
    const [operator = "is"] = chosen === undefined ? [] : operatorsOf(chosen);
    onChange({ field: next, operator, values: [] });
  };
  return (
    <div className="rule-row" role="group" aria-label={name}>
      <Combobox label={words.field} options={options} value={row.field} onChange={chooseField} />
      <select
        className="input"
        aria-label={words.comparison}
        value={row.operator}
        onChange={(event) => onChange({ ...row, operator: event.target.value as Operator })}
      >
        {offered.map((operator) => (
          <option key={operator} value={operator}>
            {operators[operator]}
          </option>
        ))}
      </select>
      {field !== undefined && takesValue(row.operator) && (
        <Value {...{ kind, field, row, fault, onChange }} describedBy={fault === "" ? undefined : id} />
      )}
      {remove !== null && (
        <IconButton icon="close" label={words.removeRow(place + 1)} data-remove="" onClick={remove} />
      )}
      {fault !== "" && (
        <p id={id} className="field-error">
          {fault}
        </p>
      )}
    </div>
  );
}

type ValueProps = Pick<RowProps, "kind" | "row" | "fault" | "onChange"> & {
  field: Field;
  /** The id of the error's text. */
  describedBy: string | undefined;
};

function Value({ kind, field, row, fault, describedBy, onChange }: ValueProps) {
  const { session } = useWorkspace();
  const choices = useFilterChoices(kind, field).filter((each) => each.value !== "");
  if (row.operator !== "in") {
    return (
      <WithUnit unit={field.unit}>
        <input
          className="input"
          aria-label={words.value}
          aria-invalid={fault !== "" || undefined}
          aria-describedby={describedBy}
          value={row.values[0] ?? ""}
          onChange={(event) => onChange({ ...row, values: [event.target.value] })}
        />
      </WithUnit>
    );
  }
  const own = choices.map((each) =>
    each.value === "me"
      ? { ...each, value: session.member.id, label: session.member.display_name }
      : each,
  );
  return (
    <MultiCombobox
      label={words.values}
      options={own}
      values={row.values}
      aria-invalid={fault !== "" || undefined}
      aria-describedby={describedBy}
      onChange={(values) => onChange({ ...row, values })}
    />
  );
}
