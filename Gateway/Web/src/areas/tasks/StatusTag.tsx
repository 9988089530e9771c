import type { Task } from "../../core/api.generated";
import { useWorkspace } from "../../app/workspace";
import { task } from "./task";

const tints: Partial<Record<Task["status"], string>> = {
  in_progress: "tint-blue",
  waiting: "tint-orange",
  completed: "tint-green",
};

/** How far a task is, as tint and words. */
export function StatusTag({ status }: { status: Task["status"] }) {
  const { names } = useWorkspace().directory;
  const field = task.fields.get("status");
  if (status === "" || field === undefined) return null;
  return <span className={`role ${tints[status] ?? "tint-gray"}`}>{names.choice(field, status)}</span>;
}
