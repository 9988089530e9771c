import { useRef } from "react";
import { useDraft } from "../../app/useDraft";
import { useWorkspace } from "../../app/workspace";
import { newIdempotencyKey } from "../../core/client";
import { FieldRefusal } from "../../core/problem";
import type { ScoringRule } from "../../core/types";
import { TextArea, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";

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
  const draft = useDraft(rule?.id ?? "new rule", {
    name: rule?.display_name ?? "",
    condition: rule?.condition ?? "",
    points: rule?.points.toString() ?? "10",
    active: rule?.active ?? true,
  });
  const { name, condition, points, active } = draft.values;
  const key = useRef({ content: "", value: "" });

  const keyFor = (content: string): string => {
    if (key.current.content !== content) key.current = { content, value: newIdempotencyKey() };
    return key.current.value;
  };
  const send = async () => {
    const number = points.trim() === "" ? NaN : Number(points);
    if (!Number.isInteger(number)) {
      throw new FieldRefusal({ points: "Enter a whole number from −100 to 100." });
    }
    const values = {
      display_name: name.trim(),
      condition: condition.trim(),
      points: number,
      active,
    };
    if (rule === null) await api.createScoringRule(values, keyFor(JSON.stringify(values)));
    else await api.updateScoringRule(rule.id, rule.etag, values);
    notices.done(`Rule ${values.display_name} saved`);
    draft.forget();
    onDone();
  };

  return (
    <FormDialog
      title={rule === null ? "Add rule" : "Edit rule"}
      action="Save rule"
      fields={["display_name", "condition", "points"]}
      send={send}
      onClose={onClose}
      onCancel={() => {
        draft.forget();
        onClose();
      }}
    >
      {(errors) => (
        <>
          <TextField
            label="Name"
            hint="Shown in the breakdown of a lead’s score."
            value={name}
            maxLength={100}
            error={errors["display_name"]}
            onChange={(event) => draft.set({ name: event.target.value })}
          />
          <TextArea
            label="Condition"
            className="input code"
            rows={3}
            spellCheck={false}
            value={condition}
            maxLength={2000}
            error={errors["condition"]}
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
            onChange={(event) => draft.set({ condition: event.target.value })}
          />
          <TextField
            label="Points"
            type="number"
            min={-100}
            max={100}
            hint="−100 to 100; negative points lower the score."
            value={points}
            error={errors["points"]}
            onChange={(event) => draft.set({ points: event.target.value })}
          />
          <label className="check">
            <input
              type="checkbox"
              checked={active}
              onChange={(event) => draft.set({ active: event.target.checked })}
            />
            Counts towards the score
          </label>
        </>
      )}
    </FormDialog>
  );
}
