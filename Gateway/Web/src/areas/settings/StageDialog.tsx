import { useState } from "react";
import {
  mayCountAs,
  requiredOptions,
  type StageDraft,
  type StageFaults,
  stageFaults,
  stageKinds,
  withKind,
} from "../../core/pipelineStages";
import { FieldRefusal } from "../../core/problem";
import {
  type ConditionDraft,
  fieldsNamed,
  readRows,
  rowFault,
  ruleFields,
  type RuleRow,
} from "../../core/ruleRows";
import { Field, SelectField, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { MultiCombobox } from "../../parts/MultiCombobox";
import { useForm } from "../../parts/useForm";
import { words as all } from "../../words/pipelines";
import { words as settings } from "../../words/settings";
import { deal } from "../deals/deal";
import { ConditionField } from "./ConditionField";

const words = all.stageForm;

interface Props {
  stage: StageDraft;
  others: readonly StageDraft[];
  /** Errors in it that were found when the pipeline was saved. */
  faults: StageFaults;
  onClose: () => void;
  onDone: (stage: StageDraft) => void;
}

const examples = ["amount >= 10000.0", "account_id != null && next_step != null"];

/** Fields that a stage may require of a deal: those that people set, except its pipeline and stage. */
const fields = fieldsNamed(
  ruleFields(deal.fields).filter(
    ({ name, readOnly }) => readOnly !== true && name !== "stage" && name !== "pipeline_id",
  ),
);
const first: RuleRow = { field: "amount", operator: "least", values: [] };

/** A stage with its condition as filled in. */
interface Values extends StageDraft {
  rows: ConditionDraft["rows"];
}

/** Everything about a stage. It is part of its pipeline, and saved with it. */
export function StageDialog({ stage, others, faults, onClose, onDone }: Props) {
  const [showsFaults, setShowsFaults] = useState(false);
  const form = useForm<Values, StageDraft>({
    initial: { ...stage, rows: readRows(fields, stage.entry_condition) },
    send: async ({ rows, ...typed }) => {
      setShowsFaults(true);
      const found: Record<string, string> = { ...stageFaults([...others, typed])[typed.id] };
      const isFilledIn = rows?.every((row) => rowFault(fields, row) === "") ?? true;
      if (!isFilledIn) found["entry_condition"] = settings.rule.noValues;
      if (Object.keys(found).length > 0) throw new FieldRefusal(found);
      return typed;
    },
    onDone,
  });
  const { kind, forecast_category, required_fields, entry_condition, rows } = form.values;
  /** An error found when it was saved is shown until the field is changed. */
  const errorOf = (name: keyof StageDraft & string) =>
    form.errors[name] ?? (form.values[name] === stage[name] ? faults[name] : undefined);
  const text = (name: "display_name" | "probability" | "rotting_days") => ({
    ...form.text(name),
    error: errorOf(name),
  });
  return (
    <FormDialog
      title={stage.display_name === "" ? words.add : words.edit(stage.display_name)}
      action={words.done}
      form={form}
      size="wide"
      onClose={onClose}
    >
      <TextField label={words.name} maxLength={100} {...text("display_name")} />
      <div className="form-pair">
        <SelectField
          label={words.kind}
          hint={stage.key === "" ? undefined : words.kindHint}
          value={kind}
          error={errorOf("kind")}
          onChange={(event) => {
            const chosen = stageKinds.find((each) => each === event.target.value) ?? "open";
            form.set(withKind(form.values, chosen));
          }}
        >
          {stageKinds.map((each) => (
            <option key={each} value={each}>
              {words.kinds[each]}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={words.category}
          value={forecast_category}
          error={errorOf("forecast_category")}
          onChange={(event) => form.set({ forecast_category: event.target.value })}
        >
          {Object.entries(words.categories)
            .filter(([key]) => mayCountAs(kind, key))
            .map(([key, name]) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
        </SelectField>
      </div>
      <div className="form-pair">
        <TextField
          label={words.probability}
          unit="%"
          type="number"
          min={0}
          max={100}
          step={1}
          inputMode="numeric"
          disabled={kind !== "open"}
          {...text("probability")}
        />
        <TextField
          label={words.days}
          hint={words.daysHint}
          type="number"
          min={0}
          max={3650}
          step={1}
          inputMode="numeric"
          {...text("rotting_days")}
        />
      </div>
      <Field
        label={words.required}
        error={errorOf("required_fields")}
        control={(wiring) => (
          <MultiCombobox
            label={words.required}
            options={requiredOptions}
            values={required_fields}
            onChange={(chosen) => form.set({ required_fields: chosen })}
            {...wiring}
          />
        )}
      />
      <ConditionField
        {...{ fields, first, examples, showsFaults }}
        kind={deal}
        label={words.condition}
        hint={words.conditionHint}
        legend={words.condition}
        draft={{ condition: entry_condition, rows }}
        mayBeEmpty
        error={errorOf("entry_condition")}
        onChange={({ condition, rows }) => form.set({ entry_condition: condition, rows })}
      />
    </FormDialog>
  );
}
