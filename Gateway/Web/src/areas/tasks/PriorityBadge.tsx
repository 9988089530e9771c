import type { Task } from "../../core/api.generated";
import { wordsOf } from "../../core/fields";
import { LevelBars } from "../../parts/LevelBars";

type Priority = Task["priority"];

export const priorities = ["low", "medium", "high", "urgent"] as const;

/** How much a task matters, as tint, words and bars: one lit bar for low, four for urgent. */
export function PriorityBadge({ priority }: { priority: Priority }) {
  if (priority === "") return null;
  return (
    <span className={`band priority-${priority}`}>
      <LevelBars lit={priorities.indexOf(priority) + 1} of={4} />
      <span>{wordsOf(priority)}</span>
    </span>
  );
}
