import { isOneOf } from "../../core/cel";
import { useWorkspace } from "../../app/workspace";
import type { Rec } from "../../core/recordKind";
import { RelatedList } from "../../records/RelatedList";
import { words as all } from "../../words/taskScreens";
import { QuickAdd } from "./QuickAdd";
import { asTask, task } from "./task";
import { byDue, TaskRow } from "./TaskRow";

const words = all.subtasks;

/** The tasks that a task is made of; a new one is about the same, and part of the same project. */
export function Subtasks({ record }: { record: Rec }) {
  const { permissions } = useWorkspace();
  const { id, related, project_id } = asTask(record);
  const values = { parent_id: id, related, ...(project_id === "" ? {} : { project_id }) };
  return (
    <RelatedList
      kind={task}
      title={words.title}
      filter={isOneOf("parent_id", [id])}
      by="parent_id"
      order={byDue}
      none={words.none}
      row={(each) => <TaskRow record={each} about={project_id} />}
    >
      {permissions.mayEdit(task, record) && <QuickAdd name={id} values={values} />}
    </RelatedList>
  );
}
