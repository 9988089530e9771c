import { useRef, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { type Rec, recordAddress } from "../../core/recordKind";
import { Checkbox } from "../../parts/Checkbox";
import { Picture } from "../../parts/Icon";
import { Link } from "../../parts/Link";
import { Tooltip } from "../../parts/Tooltip";
import { useFocusAfter } from "../../parts/useFocusAfter";
import { words as all } from "../../words/taskRows";
import { Due } from "./Due";
import { PriorityBadge } from "./PriorityBadge";
import { ruleWords } from "./recurring";
import { asTask, task } from "./task";
import { useCompletion } from "./useCompletion";

const words = all.row;

/** Tasks that are due first stand first. */
export const byDue = { field: "due_time", falling: false };

/** How many related records a row names. */
const mostNamed = 2;

export const repeatPath = "M3 7a5 5 0 0 1 9-2.5M13 2.5v3h-3M13 9a5 5 0 0 1-9 2.5M3 13.5v-3h3";

interface Props {
  record: Rec;
  /** The id of the record on whose page it stands, which a row need not name. */
  about?: string;
}

/** A task in a list: completed by its check at once, its title a link, then what one needs to know of it. */
export function TaskRow({ record, about = "" }: Props) {
  const { permissions } = useWorkspace();
  const { complete, reopen } = useCompletion();
  const [reason, setReason] = useState("");
  const row = useRef<HTMLDivElement>(null);
  useFocusAfter(row, ".task-row input");
  const { id, status, closed } = asTask(record);
  const title = task.title(record);
  const isCompleted = status === "completed";
  const press = async (checked: boolean) => {
    setReason("");
    setReason(await (checked ? complete(record) : reopen(record)));
  };
  return (
    <div ref={row} className={`task-row ${closed ? "task-closed" : ""}`}>
      <Checkbox
        label={isCompleted ? words.isCompleted(title) : words.complete(title)}
        hidesLabel
        checked={isCompleted}
        disabled={!permissions.mayEdit(task, record)}
        onChange={(checked) => void press(checked)}
      />
      <span className="task-what">
        <Link className="task-title" to={recordAddress(task, id)}>
          <bdi>{title}</bdi>
        </Link>
        <TaskFacts record={record} about={about} />
        {reason !== "" && (
          <span className="field-error" role="alert">
            {reason}
          </span>
        )}
      </span>
    </div>
  );
}

/** When a task is due, what it is about and who does it, as far as that is worth saying. */
export function TaskFacts({ record, about = "" }: Props) {
  const { directory, session } = useWorkspace();
  const { names } = directory;
  const { due_time, closed, priority, recurrence, related, project_id, assignee_ids } = asTask(record);
  const others = related.filter((id) => id !== about);
  const project = project_id === "" || project_id === about ? "" : names.record(project_id);
  const shown = others.slice(0, mostNamed).map((id) => names.record(id));
  const named = [...shown, project].filter((name) => name !== "");
  const doers = assignee_ids.filter((id) => id !== session.member.id).map((id) => names.record(id));
  return (
    <span className="task-facts muted">
      <Due due={due_time} closed={closed} />
      {["high", "urgent"].includes(priority) && <PriorityBadge priority={priority} />}
      {recurrence !== null && recurrence.rule !== "" && (
        <Tooltip text={ruleWords(recurrence.rule)}>
          <span className="task-recurs">
            <Picture path={repeatPath} />
            <span className="unseen">{words.recurs}</span>
          </span>
        </Tooltip>
      )}
      {named.map((name, place) => (
        <bdi key={place} className="task-about">
          {name}
        </bdi>
      ))}
      {/* It comes with the names: before them it would move. */}
      {others.length > mostNamed && !shown.includes("") && <span>{words.others(others.length - mostNamed)}</span>}
      {doers.length > 0 && <bdi>{doers.filter((name) => name !== "").join(", ")}</bdi>}
    </span>
  );
}
