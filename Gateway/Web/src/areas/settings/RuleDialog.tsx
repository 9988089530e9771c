import { useRef, useState } from "react";
import { useDraft } from "../../app/useDraft";
import { useWorkspace } from "../../app/workspace";
import type { ScoringRule } from "../../core/api.generated";
import { newIdempotencyKey } from "../../core/client";
import { FieldRefusal } from "../../core/problem";
import { readRows, rowFault, rowsCEL, type RuleRow } from "../../core/ruleRows";
import { TextArea, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { lead } from "../leads/lead";
import { scoringRule } from "./kinds";
import { RulePreview } from "./RulePreview";
import { RuleRows } from "./RuleRows";

interface Props {
  /** Null for a new one. */
  rule: ScoringRule | null;
  onClose: () => void;
  onDone: () => void;
}

const examples = ["company_size >= 200", 'source == "referral"', 'email.endsWith(".edu")'];
const oneRow: readonly RuleRow[] = [{ field: "status", operator: "in", values: [] }];

/** Makes or changes a scoring rule; the service checks its condition when it is saved. */
export function RuleDialog({ rule, onClose, onDone }: Props) {
  const { records, notices } = useWorkspace();
  const given = readRows(lead.fields, rule?.condition ?? "");
  const draft = useDraft(rule?.id ?? "new rule", {
    name: rule?.display_name ?? "",
    condition: rule?.condition ?? "",
    /** Null while it is written in CEL. */
    rows: given === null ? null : given.length === 0 ? oneRow : given,
    points: rule?.points.toString() ?? "10",
    active: rule?.active ?? true,
  });
  const { name, condition, rows, points, active } = draft.values;
  const [showsFaults, setShowsFaults] = useState(false);
  const key = useRef({ content: "", value: "" });
  const isWhole = rows !== null && rows.every((row) => rowFault(lead.fields, row) === "");
  const cel = rows === null ? condition.trim() : isWhole ? rowsCEL(lead.fields, rows) : "";

  const keyFor = (content: string): string => {
    if (key.current.content !== content) key.current = { content, value: newIdempotencyKey() };
    return key.current.value;
  };
  const send = async () => {
    setShowsFaults(true);
    const number = points.trim() === "" ? NaN : Number(points);
    if (!Number.isInteger(number)) {
      throw new FieldRefusal({ points: "Enter a whole number from −100 to 100." });
    }
    if (rows !== null && !isWhole) {
      throw new FieldRefusal({ condition: "Fill in what each row compares with." });
    }
    const values = { display_name: name.trim(), condition: cel, points: number, active };
    if (rule === null) {
      await records.create(scoringRule, values, keyFor(JSON.stringify(values)));
    } else await records.update(scoringRule, rule.id, rule.etag, values);
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
          {rows === null ? (
            <>
              <TextArea
                label="Condition"
                className="input code"
                rows={3}
                spellCheck={false}
                value={condition}
                maxLength={2000}
                error={errors["condition"]}
                hint={<Examples />}
                onChange={(event) => draft.set({ condition: event.target.value })}
              />
              {readRows(lead.fields, condition) !== null && (
                <button
                  type="button"
                  className="button-quiet"
                  onClick={() => {
                    const read = readRows(lead.fields, condition) ?? oneRow;
                    draft.set({ rows: read.length === 0 ? oneRow : read });
                  }}
                >
                  Fill in rows instead
                </button>
              )}
            </>
          ) : (
            <>
              <RuleRows
                rows={rows}
                showsFaults={showsFaults}
                error={errors["condition"]}
                onChange={(next) => draft.set({ rows: next })}
              />
              <button
                type="button"
                className="button-quiet"
                onClick={() => draft.set({ rows: null, condition: cel })}
              >
                Write the condition in CEL
              </button>
            </>
          )}
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
              checked={active === true}
              onChange={(event) => draft.set({ active: event.target.checked })}
            />
            Counts towards the score
          </label>
          <RulePreview id={rule?.id ?? ""} condition={cel} points={Number(points)} active={active === true} />
        </>
      )}
    </FormDialog>
  );
}

function Examples() {
  return (
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
  );
}
