import { Icon } from "../../parts/Icon";
import { Tooltip } from "../../parts/Tooltip";
import { useClock } from "../../parts/useClock";
import { exactTime } from "../../core/format";
import { words as all } from "../../words/taskRows";
import { dueText, isOverdue } from "./dueTimes";

const words = all.row;

/** When a task is due, marked once that has passed; nothing for one that is never due. */
export function Due({ due, closed }: { due: string; closed: boolean }) {
  const text = useClock((now) => dueText(due, now));
  const late = useClock((now) => (isOverdue({ due_time: due, closed }, now) ? "late" : ""));
  if (due === "") return null;
  return (
    <Tooltip text={exactTime(due)}>
      <time className={`task-due ${late === "" ? "" : "task-late"}`} dateTime={due}>
        {late !== "" && <Icon name="warning" />}
        <span className="unseen">{late === "" ? words.due("") : words.overdue("")}</span>
        {text}
      </time>
    </Tooltip>
  );
}
