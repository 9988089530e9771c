import { useWorkspace } from "../../app/workspace";
import type { Rec } from "../../core/recordKind";
import { Icon } from "../../parts/Icon";
import { useClock } from "../../parts/useClock";
import { words as all } from "../../words/taskScreens";
import { holdsUp } from "./dependency";
import { isOverdue } from "./dueTimes";
import { asTask } from "./task";
import { useDependencies } from "./useDependencies";

const words = all.page;

/** What stands in a task's way: that it is overdue, and the tasks that it waits for. */
export function Headline({ record }: { record: Rec }) {
  const { store, directory } = useWorkspace();
  const of = asTask(record);
  const late = useClock((now) => (isOverdue(of, now) ? words.overdue : ""));
  const { before } = useDependencies(record.id);
  const waits = before.filter(({ type, predecessor_id }) => {
    const other = store.get(predecessor_id);
    return other !== undefined && holdsUp(type, asTask(other), of);
  });
  const names = waits.map(({ predecessor_id }) => directory.names.record(predecessor_id)).filter((name) => name !== "");
  if (late === "" && names.length === 0) return null;
  return (
    <div className="task-warnings">
      {late !== "" && (
        <p className="task-late">
          <Icon name="warning" />
          {late}
        </p>
      )}
      {names.length > 0 && (
        <p className="task-late">
          <Icon name="warning" />
          {words.waits(names)}
        </p>
      )}
    </div>
  );
}
