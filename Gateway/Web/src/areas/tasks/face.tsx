import { useWorkspace } from "../../app/workspace";
import type { FieldChange } from "../../core/api.generated";
import type { Field } from "../../core/fields";
import type { Rec } from "../../core/recordKind";
import { Picture } from "../../parts/Icon";
import { type Face, giveFace } from "../../records/faces";
import { words } from "../../words/taskScreens";
import { aboutTask } from "./aboutTask";
import { Actions } from "./Actions";
import { Checklist } from "./Checklist";
import { Dependencies } from "./Dependencies";
import { Due } from "./Due";
import { timeThere } from "./dueTimes";
import { Headline } from "./Headline";
import { PriorityBadge } from "./PriorityBadge";
import { Recurrence } from "./Recurrence";
import { ruleWords } from "./recurring";
import { Reminders } from "./Reminders";
import { StatusTag } from "./StatusTag";
import { Subtasks } from "./Subtasks";
import { asTask, task } from "./task";
import { repeatPath, TaskFacts } from "./TaskRow";
import { TimeSection } from "./TimeSection";

function Related({ record }: { record: Rec }) {
  return (
    <>
      <Checklist record={record} />
      <Subtasks record={record} />
      <Dependencies record={record} />
      <TimeSection record={record} />
    </>
  );
}

function Aside({ record }: { record: Rec }) {
  return (
    <>
      <Recurrence record={record} />
      <Reminders record={record} />
    </>
  );
}

/** Fields that are shown as more than their text, on the page and in lists. */
function seen(record: Rec, field: Field) {
  return field.name === "priority" ? <PriorityBadge priority={asTask(record).priority} /> : undefined;
}

/** On its page, also by the clocks of its own time zone. */
function value(record: Rec, field: Field) {
  const { due_time, due_time_zone, closed } = asTask(record);
  if (field.name !== "due_time" || due_time === "") return seen(record, field);
  const there = timeThere(due_time, due_time_zone);
  return (
    <>
      <Due due={due_time} closed={closed} />
      {there !== "" && (
        <span className="fact-note muted">{words.page.due(there, due_time_zone.replace(/_/g, " "))}</span>
      )}
    </>
  );
}

/** Beside the title in a list: many tasks have the same. */
function About({ record }: { record: Rec }) {
  const about = aboutTask(record, useWorkspace().directory.names);
  return about === "" ? null : <bdi className="task-beside muted">{about}</bdi>;
}

function cell(record: Rec, field: Field) {
  const { due_time, closed, recurrence, status } = asTask(record);
  switch (field.name) {
    case "title":
      return (
        <span className={`task-name ${closed ? "task-closed" : ""}`}>
          <bdi>{task.title(record)}</bdi>
          <About record={record} />
          {recurrence !== null && recurrence.rule !== "" && (
            <span className="task-recurs muted">
              <Picture path={repeatPath} />
              <span className="unseen">{words.row.recurs}</span>
            </span>
          )}
        </span>
      );
    case "due_time":
      return <Due due={due_time} closed={closed} />;
    case "status":
      return <StatusTag status={status} />;
    default:
      return seen(record, field);
  }
}

/** How a task recurs is told by its parts: the rule in words, and when the next one is made where somebody chose that. */
function told({ field, old, new: now }: FieldChange) {
  const { title, made, onCompletion, onDate } = words.recurring;
  if (field === "recurrence.rule") {
    return { label: title, before: old && ruleWords(old), after: now && ruleWords(now) };
  }
  if (field !== "recurrence.next_on") return undefined;
  const name = (next: string) => (next === "date" ? onDate : onCompletion);
  return name(old) === name(now) ? null : { label: made, before: old && name(old), after: now && name(now) };
}

const face: Face = {
  told,
  Headline,
  Actions,
  Related,
  Aside,
  value,
  cell,
  card: (record) => <TaskFacts record={record} />,
};

giveFace(task, face);
