import { useWorkspace } from "../../app/workspace";
import { onDay } from "../../core/calendarDays";
import { GivenUp, Refusal } from "../../core/problem";
import type { Rec } from "../../core/recordKind";
import { useFieldSaving } from "../../records/useFieldSaving";
import { words } from "../../words/listDialogs";
import { asTask, task } from "./task";

/** Moves a task to another day at the same time; a notice offers to undo it. If it rejects, it says why. */
export function useMovingTask(): (record: Rec, day: string) => Promise<void> {
  const { permissions } = useWorkspace();
  const save = useFieldSaving(task);
  return async (record, day) => {
    const { calendar } = task;
    const { id, due_time } = asTask(record);
    if (calendar === null) return;
    if (!permissions.mayEdit(task, record)) throw new Refusal(words.board.notYours(task));
    const outcome = await save(id, calendar, onDay(due_time, day), due_time, true);
    if (outcome.is === "refused") throw new (outcome.isGivenUp === true ? GivenUp : Refusal)(outcome.reason);
    if (outcome.is === "overtaken") throw new Refusal(words.board.overtaken);
  };
}
