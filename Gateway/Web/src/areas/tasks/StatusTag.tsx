import type { Task } from "../../core/api.generated";
import { useWorkspace } from "../../app/workspace";
import { task } from "./task";

const tints: Partial<Record<Task["status"], string>> = {
  in_progress: "tint-blue",
  waiting: "tint-orange",
  completed: "tint-green",
};

const circle = "M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11Z";

/** How far a task is, as a shape. */
export const statusPaths: Partial<Record<Task["status"], string>> = {
  todo: circle,
  in_progress: `${circle}M8 2.5v11M10.5 4v8M12.5 6v4`,
  waiting: `${circle}M6.5 6v4M9.5 6v4`,
  completed: `${circle}M5.5 8.2l1.8 1.8 3.2-3.7`,
  cancelled: `${circle}M6 6l4 4M10 6l-4 4`,
};

/** How far a task is, as tint and words. */
export function StatusTag({ status }: { status: Task["status"] }) {
  const { names } = useWorkspace().directory;
  const field = task.fields.get("status");
  if (status === "" || field === undefined) return null;
  return <span className={`role ${tints[status] ?? "tint-gray"}`}>{names.choice(field, status)}</span>;
}
