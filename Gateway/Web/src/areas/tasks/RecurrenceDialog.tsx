import { useState } from "react";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import type { Task } from "../../core/api.generated";
import type { Rec } from "../../core/recordKind";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";
import { words as all } from "../../words/taskScreens";
import { restoreSeries } from "./restoringSeries";
import { ruleOfForm, type RuleForm, ruleForm } from "./recurrenceForm";
import { RuleFields } from "./RuleFields";
import { asTask, task } from "./task";

const words = all.recurring;

/**
 * Says how a task recurs. For one of a series, it and those after it follow the new rule; without a rule, the series
 * ends with it.
 */
export function RecurrenceDialog({ record, onClose }: { record: Rec; onClose: () => void }) {
  const { records } = useWorkspace();
  const undoable = useUndoable();
  // As it was when the dialog was opened; the page behind it may go on.
  const [before] = useState(() => asTask(record));
  const { id, etag, due_time, due_time_zone, recurrence, series_id } = before;
  const isSeries = series_id !== "";
  const form = useForm<RuleForm, Task>({
    name: `recurrence ${id}`,
    initial: ruleForm(recurrence),
    send: async (values) => {
      const rule = ruleOfForm(values);
      const next = rule === "" ? null : { rule, next_on: values.next_on };
      const isSplit = next !== null && isSeries && rule !== recurrence?.rule;
      const changed = isSplit
        ? records.verb(task, id, "split", { recurrence: next, etag })
        : records.update(task, id, etag, { recurrence: next });
      return asTask(await changed);
    },
    onDone: (after) => {
      undoable({ label: words.saved, takeBack: () => restoreSeries(records, before, after), about: id });
      onClose();
    },
  });
  return (
    <FormDialog title={words.dialog} action={words.save} form={form} onClose={onClose}>
      <RuleFields values={form.values} errors={form.errors} set={form.set} due={due_time} zone={due_time_zone} />
      {form.values.kind !== "never" && isSeries && <p className="form-note">{words.following}</p>}
    </FormDialog>
  );
}
