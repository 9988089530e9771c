import { useState } from "react";
import { useWorkspace } from "../../app/workspace";
import type { ScoringRule } from "../../core/api.generated";
import { FieldRefusal } from "../../core/problem";
import { readRows, rowFault, rowsCEL, type RuleRow } from "../../core/ruleRows";
import { TextArea, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { type Form, useForm } from "../../parts/useForm";
import { words as all } from "../../words/settings";
import { lead } from "../leads/lead";
import { scoringRule } from "./kinds";
import { RulePreview } from "./RulePreview";
import { RuleRows } from "./RuleRows";

const words = all.rule;

interface Props {
  /** Null for a new one. */
  rule: ScoringRule | null;
  onClose: () => void;
  onDone: () => void;
}

interface Values {
  display_name: string;
  condition: string;
  /** Null while the condition is written in CEL. */
  rows: readonly RuleRow[] | null;
  points: string;
  active: boolean;
}

const examples = ["company_size >= 200", 'source == "referral"', 'email.endsWith(".edu")'];
const oneRow: readonly RuleRow[] = [{ field: "status", operator: "in", values: [] }];

/** Makes or changes a scoring rule; the service checks its condition when it is saved. */
export function RuleDialog({ rule, onClose, onDone }: Props) {
  const { records, notices } = useWorkspace();
  const [showsFaults, setShowsFaults] = useState(false);
  const form = useForm<Values, string>({
    name: rule?.id ?? "new rule",
    initial: initialOf(rule),
    thing: words.one,
    send: async (values, key) => {
      setShowsFaults(true);
      const sent = valuesOf(values);
      if (rule === null) await records.create(scoringRule, sent, key);
      else await records.update(scoringRule, rule.id, rule.etag, sent);
      return sent.display_name;
    },
    onDone: (name) => {
      notices.done(all.scoring.saved(name));
      onDone();
    },
  });
  const { points, active } = form.values;
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
        hint={words.nameHint}
        maxLength={100}
        {...form.text("display_name")}
      />
      <Condition form={form} showsFaults={showsFaults} />
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
      <RulePreview
        id={rule?.id ?? ""}
        condition={conditionOf(form.values)}
        points={Number(points)}
        active={active}
      />
    </FormDialog>
  );
}

function initialOf(rule: ScoringRule | null): Values {
  const condition = rule?.condition ?? "";
  const rows = readRows(lead.fields, condition);
  return {
    display_name: rule?.display_name ?? "",
    condition,
    rows: rows?.length === 0 ? oneRow : rows,
    points: rule?.points.toString() ?? "10",
    active: rule?.active ?? true,
  };
}

/** The condition in CEL; "" while its rows are not filled in. */
function conditionOf({ rows, condition }: Values): string {
  if (rows === null) return condition.trim();
  return rows.every((row) => rowFault(lead.fields, row) === "") ? rowsCEL(lead.fields, rows) : "";
}

function valuesOf(values: Values) {
  const points = values.points.trim() === "" ? NaN : Number(values.points);
  if (!Number.isInteger(points)) {
    throw new FieldRefusal({ points: words.noPoints });
  }
  const condition = conditionOf(values);
  if (values.rows !== null && condition === "") {
    throw new FieldRefusal({ condition: words.noValues });
  }
  return { display_name: values.display_name.trim(), condition, points, active: values.active };
}

/** The condition as rows, or in CEL. */
function Condition({ form, showsFaults }: { form: Form<Values>; showsFaults: boolean }) {
  const { rows, condition } = form.values;
  if (rows !== null) {
    return (
      <>
        <RuleRows
          rows={rows}
          showsFaults={showsFaults}
          error={form.errors["condition"]}
          onChange={(next) => form.set({ rows: next, condition: conditionOf({ ...form.values, rows: next }) })}
        />
        <button type="button" className="button-quiet" onClick={() => form.set({ rows: null })}>
          {words.toCEL}
        </button>
      </>
    );
  }
  const read = readRows(lead.fields, condition);
  return (
    <>
      <TextArea
        label={words.condition}
        className="input code"
        rows={3}
        spellCheck={false}
        maxLength={2000}
        hint={<Examples />}
        {...form.text("condition")}
      />
      {read !== null && (
        <button
          type="button"
          className="button-quiet"
          onClick={() => form.set({ rows: read.length === 0 ? oneRow : read })}
        >
          {words.toRows}
        </button>
      )}
    </>
  );
}

function Examples() {
  return (
    <>
      {words.examples}{" "}
      {examples.map((example, place) => (
        <span key={example}>
          {place > 0 && ", "}
          <code>{example}</code>
        </span>
      ))}
    </>
  );
}
