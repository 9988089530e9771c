import { useWorkspace } from "../../app/workspace";
import type { Field } from "../../core/fields";
import type { Option } from "../../core/options";
import {
  type Operator,
  operators,
  operatorsOf,
  rowFault,
  ruleFields,
  type RuleRow,
  takesValue,
} from "../../core/ruleRows";
import { Combobox } from "../../parts/Combobox";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { MultiCombobox } from "../../parts/MultiCombobox";
import { useFilterChoices } from "../../records/useFilterChoices";
import { words as all } from "../../words/settings";
import { lead } from "../leads/lead";

const words = all.rule;

interface Props {
  rows: readonly RuleRow[];
  /** Whether what is missing is said: once somebody tried to save. */
  showsFaults: boolean;
  error: string | undefined;
  onChange: (rows: readonly RuleRow[]) => void;
}

/** The score is made of rules, so that no rule can be about it. */
const made = ["score", "band"];
const fields = ruleFields(lead.fields).filter((field) => !made.includes(field.name));
const fieldOptions: readonly Option[] = fields.map(({ name, label }) => ({ value: name, label }));

/** What a lead must meet, a row for each field: all of them count. */
export function RuleRows({ rows, showsFaults, error, onChange }: Props) {
  const set = (place: number, row: RuleRow) =>
    onChange(rows.map((each, at) => (at === place ? row : each)));
  return (
    <fieldset className="rule-rows">
      <legend>{words.rows}</legend>
      {rows.map((row, place) => (
        <Row
          key={place}
          row={row}
          place={place}
          fault={showsFaults ? rowFault(lead.fields, row) : ""}
          onChange={(next) => set(place, next)}
          remove={rows.length > 1 ? () => onChange(rows.filter((_, at) => at !== place)) : null}
        />
      ))}
      {error !== undefined && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <button
        type="button"
        className="button-quiet"
        onClick={() => onChange([...rows, { field: "source", operator: "in", values: [] }])}
      >
        <Icon name="plus" />
        {words.addRow}
      </button>
    </fieldset>
  );
}

interface RowProps {
  row: RuleRow;
  place: number;
  fault: string;
  onChange: (row: RuleRow) => void;
  remove: (() => void) | null;
}

function Row({ row, place, fault, onChange, remove }: RowProps) {
  const field = lead.fields.get(row.field);
  const offered = field === undefined ? [] : operatorsOf(field);
  const name = words.row(place + 1);
  const chooseField = (next: string) => {
    const chosen = lead.fields.get(next);
    const [operator = "is"] = chosen === undefined ? [] : operatorsOf(chosen);
    onChange({ field: next, operator, values: [] });
  };
  return (
    <div className="rule-row" role="group" aria-label={name}>
      <Combobox label={words.field} options={fieldOptions} value={row.field} onChange={chooseField} />
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
        <Value field={field} row={row} fault={fault} onChange={onChange} />
      )}
      {remove !== null && <IconButton icon="close" label={words.removeRow(place + 1)} onClick={remove} />}
      {fault !== "" && <p className="field-error">{fault}</p>}
    </div>
  );
}

function Value({ field, row, fault, onChange }: Omit<RowProps, "place" | "remove"> & { field: Field }) {
  const { session } = useWorkspace();
  const choices = useFilterChoices(lead, field).filter((each) => each.value !== "");
  if (row.operator !== "in") {
    return (
      <input
        className="input"
        aria-label={words.value}
        aria-invalid={fault !== "" || undefined}
        value={row.values[0] ?? ""}
        onChange={(event) => onChange({ ...row, values: [event.target.value] })}
      />
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
      onChange={(values) => onChange({ ...row, values })}
    />
  );
}
