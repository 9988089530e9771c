import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import { explainInLine, Refusal } from "../../core/problem";
import type { Rec } from "../../core/recordKind";
import { words as all } from "../../words/taskRows";
import { asTask, task } from "./task";

const words = all.completing;

/** Completes tasks and opens them again, at once on screen; each can be undone. */
export interface Completion {
  /** @returns why it was refused; "" if it was not */
  complete: (record: Rec) => Promise<string>;
  reopen: (record: Rec) => Promise<string>;
}

export function useCompletion(): Completion {
  const { records, store } = useWorkspace();
  const undoable = useUndoable();
  /** Gives a task the status that it had before, unless it has another one by now. */
  const putBack = async (id: string, status: string, given: string) => {
    const present = await records.get(task, id);
    if (asTask(present).status !== given) throw new Refusal(words.changedAgain);
    return records.update(task, id, present.etag, { status });
  };
  const complete = async (record: Rec) => {
    const { id, status, recurrence } = asTask(record);
    const title = task.title(record);
    const shown = { status: "completed", closed: true };
    store.patch(id, shown);
    try {
      const done = await records.verb(task, id, "complete");
      const hasNext = recurrence !== null && asTask(done).next_id !== "";
      const takeBack = async () => {
        await putBack(id, status, "completed");
        return hasNext ? words.next(title) : words.reopened(title);
      };
      undoable({ label: hasNext ? words.doneAndNext(title) : words.done(title), takeBack, about: id });
      return "";
    } catch (failure) {
      return explainInLine(failure);
    } finally {
      store.settle(id, shown);
    }
  };
  const reopen = async (record: Rec) => {
    const { id, status } = asTask(record);
    try {
      const opened = await putBack(id, "todo", status);
      const takeBack = async () => void (await putBack(id, status, "todo"));
      undoable({ label: words.reopened(task.title(opened)), takeBack, about: id });
      return "";
    } catch (failure) {
      return explainInLine(failure);
    }
  };
  return { complete, reopen };
}
