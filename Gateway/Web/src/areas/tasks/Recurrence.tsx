import { useState } from "react";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import { explainInLine, Refusal } from "../../core/problem";
import { type Rec, recordAddress } from "../../core/recordKind";
import { Link } from "../../parts/Link";
import { Section } from "../../parts/Section";
import { words as rules } from "../../words/recurrence";
import { words as all } from "../../words/taskScreens";
import { ruleWords } from "./recurring";
import { RecurrenceDialog } from "./RecurrenceDialog";
import { asTask, task } from "./task";

const words = all.recurring;

/** How a task recurs, in words; changed in a dialog, and one of a series can be left out. */
export function Recurrence({ record }: { record: Rec }) {
  const { permissions } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const skip = useSkip();
  const { due_time, recurrence, series_id, next_id, closed } = asTask(record);
  const rule = recurrence?.rule ?? "";
  const mayEdit = permissions.mayEdit(task, record) && !closed;
  return (
    <Section title={words.title}>
      <p className={rule === "" ? "muted" : "rule-words"}>{rule === "" ? words.none : ruleWords(rule)}</p>
      {rule !== "" && <p className="muted">{rules.nextOn[recurrence?.next_on || "completion"]}</p>}
      {next_id !== "" && (
        <p>
          <Link to={recordAddress(task, next_id)}>{words.next}</Link>
        </p>
      )}
      {mayEdit && rule === "" && due_time === "" && <p className="muted">{words.noDue}</p>}
      {mayEdit && (
        <div className="card-actions">
          {(rule !== "" || due_time !== "") && (
            <button type="button" className="button-quiet" onClick={() => setOpen(true)}>
              {rule === "" ? words.set : words.edit}
            </button>
          )}
          {series_id !== "" && (
            <button type="button" className="button-quiet" onClick={() => void skip(record)}>
              {words.skip}
            </button>
          )}
        </div>
      )}
      {isOpen && <RecurrenceDialog record={record} onClose={() => setOpen(false)} />}
    </Section>
  );
}

/** Leaves one of a series out; undoing that opens it again, beside the next one. */
function useSkip(): (record: Rec) => Promise<void> {
  const { records, notices } = useWorkspace();
  const undoable = useUndoable();
  return async (record) => {
    const { id, etag, status } = asTask(record);
    const title = task.title(record);
    try {
      await records.verb(task, id, "skip", { etag });
    } catch (failure) {
      return notices.failed(explainInLine(failure));
    }
    const takeBack = async () => {
      const present = await records.get(task, id);
      if (asTask(present).status !== "cancelled") throw new Refusal(all.completing.changedAgain);
      await records.update(task, id, present.etag, { status });
      return all.completing.next(title);
    };
    undoable({ label: words.skipped(title), takeBack, about: id });
  };
}
