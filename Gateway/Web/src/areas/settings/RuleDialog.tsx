import { useState } from "react";
import { useWorkspace } from "../../app/workspace";
import type { Fields } from "../../core/fields";
import { FieldRefusal } from "../../core/problem";
import { type ConditionDraft, fieldsNamed, readRows, ruleFields, type RuleRow } from "../../core/ruleRows";
import { TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";
import { words as all } from "../../words/settings";
import { ConditionField } from "./ConditionField";
import { RulePreview } from "./RulePreview";
import { type PointRule, type RuleSubject, scoring } from "./ruleSubjects";

const words = all.rule;

interface Props {
  subject: RuleSubject;
  /** Null for a new one. */
  rule: PointRule | null;
  onClose: () => void;
  onDone: () => void;
}

interface Values extends ConditionDraft {
  display_name: string;
  points: string;
  active: boolean;
}

/** The fields that a condition can use. */
function fieldsOf({ scored, made }: RuleSubject): Fields {
  return fieldsNamed(ruleFields(scored.fields).filter(({ name }) => !made.includes(name)));
}

function row(field: string): RuleRow {
  return { field, operator: "in", values: [] };
}

/** Creates or changes a rule; the service checks its condition when it is saved. */
export function RuleDialog({ subject, rule, onClose, onDone }: Props) {
  const { kind, scored, examples, words: said } = subject;
  const { records, notices } = useWorkspace();
  const [showsFaults, setShowsFaults] = useState(false);
  const form = useForm<Values, string>({
    name: rule?.id ?? `new ${kind.object}`,
    initial: initialOf(subject, rule),
    thing: words.one,
    send: async (values, key) => {
      setShowsFaults(true);
      const sent = valuesOf(values);
      if (rule === null) await records.create(kind, sent, key);
      else await records.update(kind, rule.id, rule.etag, sent);
      return sent.display_name;
    },
    onDone: (name) => {
      notices.done(all.scoring.saved(name));
      onDone();
    },
  });
  const { points, active, condition, rows } = form.values;
  return (
    <FormDialog
      title={rule === null ? words.add : words.edit}
      action={words.save}
      form={form}
      size="wide"
      onClose={onClose}
    >
      <TextField
        label={all.name}
        hint={said.nameHint}
        maxLength={100}
        {...form.text("display_name")}
      />
      <ConditionField
        kind={scored}
        fields={fieldsOf(subject)}
        first={row(subject.rows[0])}
        next={row(subject.rows[1])}
        label={words.condition}
        hint={said.examples}
        legend={said.rows}
        draft={{ condition, rows }}
        error={form.errors["condition"]}
        onChange={form.set}
        {...{ examples, showsFaults }}
      />
      <TextField
        label={words.points}
        type="number"
        min={-100}
        max={100}
        hint={words.pointsHint}
        {...form.text("points")}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={active}
          onChange={(event) => form.set({ active: event.target.checked })}
        />
        {words.counts}
      </label>
      {subject === scoring && (
        <RulePreview
          id={rule?.id ?? ""}
          condition={condition.trim()}
          points={Number(points)}
          active={active}
        />
      )}
    </FormDialog>
  );
}

function initialOf(subject: RuleSubject, rule: PointRule | null): Values {
  const condition = rule?.condition ?? "";
  const rows = readRows(fieldsOf(subject), condition);
  return {
    display_name: rule?.display_name ?? "",
    condition,
    rows: rows?.length === 0 ? [row(subject.rows[0])] : rows,
    points: rule?.points.toString() ?? "10",
    active: rule?.active ?? true,
  };
}

function valuesOf(values: Values) {
  const points = values.points.trim() === "" ? NaN : Number(values.points);
  if (!Number.isInteger(points)) {
    throw new FieldRefusal({ points: words.noPoints });
  }
  const condition = values.condition.trim();
  if (values.rows !== null && condition === "") {
    throw new FieldRefusal({ condition: words.noValues });
  }
  return { display_name: values.display_name.trim(), condition, points, active: values.active };
}
