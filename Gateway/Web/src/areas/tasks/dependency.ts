import { decodeTaskDependency, type Task, type TaskDependency, taskDependencySchema } from "../../core/api.generated";
import { type Rec, type RecordKind, recordKind } from "../../core/recordKind";
import { words } from "../../words/dependencies";
import { task } from "./task";

/** A record of this kind with the types of its fields. */
export function asDependency(record: Rec): TaskDependency {
  return record as unknown as TaskDependency;
}

/** That a task waits for another one. It is shown with both, and has no screens of its own. */
export const dependency: RecordKind = recordKind<TaskDependency>({
  object: "task_dependency",
  one: words.one,
  many: words.many,
  path: "task-dependencies",
  address: task.address,
  schema: taskDependencySchema,
  decode: decodeTaskDependency,
  titleFields: ["type"],
  columns: [{ id: "type", fields: ["type", "predecessor_id", "successor_id"] }],
});

export const dependencyTypes = ["finish_to_start", "start_to_start", "finish_to_finish"] as const;

const begun = ["in_progress", "waiting", "completed"];

/**
 * Whether a task is held up by the one that it waits for: as the service has it, it neither begins nor is completed
 * then.
 *
 * @param before - the task that is waited for
 */
export function holdsUp(
  type: TaskDependency["type"],
  before: Pick<Task, "status">,
  waiting: Pick<Task, "status" | "closed">,
): boolean {
  if (waiting.closed || before.status === "cancelled" || before.status === "completed") return false;
  if (type === "start_to_start") return !begun.includes(before.status);
  // What is begun already waits only to be completed.
  return true;
}
