import { useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { decodeAutoCreateForLeadsResponse, type TaskRule } from "../../core/api.generated";
import { FieldRefusal } from "../../core/problem";
import { type ConditionDraft, rowFault } from "../../core/ruleRows";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";
import { words as settings } from "../../words/settings";
import { words as all } from "../../words/taskSettings";
import { ConditionField } from "./ConditionField";
import { watchedBy } from "./taskRules";

const words = all.rule;

interface Props {
  rule: TaskRule;
  onClose: () => void;
  onDone: () => void;
}

/** Makes the tasks of a rule now, for leads that one chooses by a condition. */
export function RunRuleDialog({ rule, onClose, onDone }: Props) {
  const { records, notices } = useWorkspace();
  const [showsFaults, setShowsFaults] = useState(false);
  const { kind, fields, first, examples } = watchedBy(rule.event);
  const form = useForm<{ filter: string; rows: ConditionDraft["rows"] }, { created: number; skipped: number }>({
    initial: { filter: "", rows: [first] },
    send: async ({ filter, rows }) => {
      setShowsFaults(true);
      const isFilledIn = rows?.every((row) => rowFault(fields, row) === "") ?? true;
      if (!isFilledIn) throw new FieldRefusal({ filter: settings.rule.noValues });
      const body = { filter: filter.trim(), rule_ids: [rule.id] };
      return decodeAutoCreateForLeadsResponse(await records.client.post("/api/v1/tasks:autoCreateForLeads", body));
    },
    onDone: ({ created, skipped }) => {
      notices.done(words.ran(created, skipped));
      onDone();
      onClose();
    },
  });
  const { filter, rows } = form.values;
  return (
    <FormDialog
      title={words.runOf(rule.display_name)}
      action={words.run}
      form={form}
      size="wide"
      onClose={onClose}
    >
      <p className="muted">{words.runWhat}</p>
      <ConditionField
        {...{ kind, fields, first, examples, showsFaults }}
        label={words.condition}
        hint={words.examples}
        legend={words.runRows}
        draft={{ condition: filter, rows }}
        mayBeEmpty
        error={form.errors["filter"]}
        onChange={(draft) => form.set({ filter: draft.condition, rows: draft.rows })}
      />
    </FormDialog>
  );
}
