import { useWorkspace } from "../../app/workspace";
import { all as allOf, isOneOf } from "../../core/cel";
import { listAddress } from "../../core/listState";
import type { Rec } from "../../core/recordKind";
import { Link } from "../../parts/Link";
import { giveFace } from "../../records/faces";
import { RelatedList } from "../../records/RelatedList";
import { words } from "../../words/projectScreens";
import { QuickAdd } from "../tasks/QuickAdd";
import { task } from "../tasks/task";
import { byDue, TaskRow } from "../tasks/TaskRow";
import { project } from "./project";

/** The open tasks of a project, those that are due first on top. */
function Related({ record }: { record: Rec }) {
  const { session } = useWorkspace();
  const { id } = record;
  const first = task.firstList(session.member);
  const conditions = new Map([["project_id", { is: "oneOf" as const, values: [id] }]]);
  return (
    <RelatedList
      kind={task}
      title={words.tasks}
      filter={allOf([isOneOf("project_id", [id]), "!closed"])}
      by="project_id closed"
      order={byDue}
      none={words.noTasks}
      row={(each) => <TaskRow record={each} about={id} />}
      step={20}
    >
      <QuickAdd name={id} values={{ project_id: id }} />
      <Link className="card-more" to={listAddress(task, { ...first, conditions }, first)}>
        {words.all}
      </Link>
    </RelatedList>
  );
}

giveFace(project, { Related });
