import "../../app/firstLoad";
import { useWorkspace } from "../../app/workspace";
import { all as allOf, hasId } from "../../core/cel";
import { listAddress } from "../../core/listState";
import type { Rec } from "../../core/recordKind";
import { Link } from "../../parts/Link";
import { RelatedList } from "../../records/RelatedList";
import { words } from "../../words/taskScreens";
import { QuickAdd } from "./QuickAdd";
import { task } from "./task";
import { byDue, TaskRow } from "./TaskRow";

/** The open tasks about a record, and a line to add one where the composer has none. */
export default function RecordTasks({ record }: { record: Rec }) {
  const { session, permissions } = useWorkspace();
  const { id } = record;
  const first = task.firstList(session.member);
  const conditions = new Map([["related", { is: "oneOf" as const, values: [id] }]]);
  return (
    <RelatedList
      kind={task}
      title={words.related.title}
      filter={allOf([hasId("related", id), "!closed"])}
      by="related closed"
      order={byDue}
      none={permissions.seesAll(task) ? words.related.none : words.related.noneSeen}
      row={(each) => <TaskRow record={each} about={id} />}
    >
      {!permissions.may("activity.create") && <QuickAdd name={id} values={{ related: [id] }} />}
      <Link className="card-more" to={listAddress(task, { ...first, conditions }, first)}>
        {words.all}
      </Link>
    </RelatedList>
  );
}
