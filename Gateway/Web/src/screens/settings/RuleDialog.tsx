import { type FormEvent, useRef, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { newIdempotencyKey } from "../../core/client";
import { fieldErrors } from "../../core/problem";
import type { ScoringRule } from "../../core/types";
import { Dialog } from "../../parts/Dialog";
import { TextArea, TextField } from "../../parts/Field";
import { FormError } from "../../parts/FormError";

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
  const [name, setName] = useState(rule?.display_name ?? "");
  const [condition, setCondition] = useState(rule?.condition ?? "");
  const [points, setPoints] = useState(rule?.points.toString() ?? "10");
  const [active, setActive] = useState(rule?.active ?? true);
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);
  const key = useRef({ content: "", value: "" });
  const errors = fieldErrors(error, ["display_name", "condition", "points"]);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const values = {
      display_name: name.trim(),
      condition: condition.trim(),
      points: Math.trunc(Number(points)) || 0,
      active,
    };
    setWorking(true);
    setError(null);
    try {
      if (rule === null) await api.createScoringRule(values, keyFor(JSON.stringify(values)));
      else await api.updateScoringRule(rule.id, rule.etag, values);
      notices.done(`Rule ${values.display_name} saved`);
      onDone();
    } catch (failure) {
      setError(failure);
      setWorking(false);
    }
  };
  const keyFor = (content: string): string => {
    if (key.current.content !== content) key.current = { content, value: newIdempotencyKey() };
    return key.current.value;
  };

  return (
    <Dialog title={rule === null ? "Add rule" : "Edit rule"} onClose={onClose}>
      <form onSubmit={send} noValidate>
        {Object.keys(errors).length === 0 && <FormError error={error} />}
        <TextField
          label="Name"
          hint="Shown in the breakdown of a lead’s score."
          value={name}
          maxLength={100}
          error={errors["display_name"]}
          onChange={(event) => setName(event.target.value)}
        />
        <TextArea
          label="Condition"
          className="input code"
          rows={3}
          spellCheck={false}
          value={condition}
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
          onChange={(event) => setCondition(event.target.value)}
        />
        <TextField
          label="Points"
          type="number"
          min={-100}
          max={100}
          hint="−100 to 100; negative points lower the score."
          value={points}
          error={errors["points"]}
          onChange={(event) => setPoints(event.target.value)}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={active}
            onChange={(event) => setActive(event.target.checked)}
          />
          Counts towards the score
        </label>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button button-main" disabled={working}>
            Save rule
          </button>
        </div>
      </form>
    </Dialog>
  );
}
