import { useWorkspace } from "../../app/workspace";
import { FieldRefusal } from "../../core/problem";
import type { ScoringRule } from "../../core/types";
import { TextArea, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";

interface Props {
  /** Null for a new one. */
  rule: ScoringRule | null;
  onClose: () => void;
  onDone: () => void;
}

const examples = ["company_size >= 200", 'source == "referral"', 'email.endsWith(".edu")'];

/** Makes or changes a scoring rule; the service checks its condition when it is saved. */
export function RuleDialog({ rule, onClose, onDone }: Props) {
  const { api, notices } = useWorkspace();
  const form = useForm({
    name: rule?.id ?? "new rule",
    initial: {
      display_name: rule?.display_name ?? "",
      condition: rule?.condition ?? "",
      points: rule?.points.toString() ?? "10",
      active: rule?.active ?? true,
    },
    send: async ({ display_name, condition, points, active }, key) => {
      const number = points.trim() === "" ? NaN : Number(points);
      if (!Number.isInteger(number)) {
        throw new FieldRefusal({ points: "Enter a whole number from −100 to 100." });
      }
      const values = {
        display_name: display_name.trim(),
        condition: condition.trim(),
        points: number,
        active,
      };
      if (rule === null) await api.createScoringRule(values, key);
      else await api.updateScoringRule(rule.id, rule.etag, values);
      return values.display_name;
    },
    onDone: (name) => {
      notices.done(`Rule ${name} saved`);
      onDone();
    },
  });

  return (
    <FormDialog
      title={rule === null ? "Add rule" : "Edit rule"}
      action="Save rule"
      form={form}
      onClose={onClose}
    >
      <TextField
        label="Name"
        hint="Shown in the breakdown of a lead’s score."
        maxLength={100}
        {...form.text("display_name")}
      />
      <TextArea
        label="Condition"
        className="input code"
        rows={3}
        spellCheck={false}
        maxLength={2000}
        hint={
          <>
            In CEL over the lead’s fields, such as{" "}
            {examples.map((example, place) => (
              <span key={example}>
                {place > 0 && ", "}
                <code>{example}</code>
              </span>
            ))}
            .
          </>
        }
        {...form.text("condition")}
      />
      <TextField
        label="Points"
        type="number"
        min={-100}
        max={100}
        hint="−100 to 100; negative points lower the score."
        {...form.text("points")}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={form.values.active}
          onChange={(event) => form.set({ active: event.target.checked })}
        />
        Counts towards the score
      </label>
    </FormDialog>
  );
}
