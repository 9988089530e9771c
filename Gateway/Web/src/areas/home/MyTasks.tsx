import { useMemo } from "react";
import { useWorkspace } from "../../app/workspace";
import { formatCount } from "../../core/format";
import { Link } from "../../parts/Link";
import { useKnown } from "../../records/useRecord";
import { useAsking } from "../../records/useRecordList";
import { type Related, useRelated } from "../../records/useRelated";
import { words as tasks } from "../../words/tasks";
import { words } from "../../words/taskRows";
import { words as all } from "../../words/homeScreen";
import { task } from "../tasks/task";
import { groupFilter } from "../tasks/taskGroups";
import { byDue, TaskRow } from "../tasks/TaskRow";
import { Card } from "./Card";
import { addressOf, dueTasks, shares } from "./selections";

/** How many tasks are shown. */
const most = 8;

type Group = "overdue" | "today";

/** What the member has to do today, and should have done before. */
export function MyTasks() {
  const { now } = useAsking();
  const groups = { overdue: useGroup("overdue", now), today: useGroup("today", now) };
  const each = [groups.overdue, groups.today];
  const failed = each.find(({ view }) => view.state === "failed");
  const isReady = each.every(({ view }) => view.state === "ready");
  const shown = shares(groups.overdue.ids.length, groups.today.ids.length, most);
  const loaded = {
    value: isReady ? groups : null,
    error: failed?.view.error ?? null,
    reload: () => each.forEach(({ view, list }) => view.state === "failed" && list.retry()),
  };
  const none = () => (each.every(({ view }) => view.total === 0) ? all.tasks.none : "");
  const more = { title: all.tasks.all, address: "/tasks/mine" };
  return (
    <Card title={tasks.mine} rows={most + 1} isTall="always" loaded={loaded} none={none} more={more}>
      {() => (
        <>
          <TaskGroup name="overdue" now={now} count={shown.overdue} {...groups.overdue} />
          <TaskGroup name="today" now={now} count={shown.today} {...groups.today} />
        </>
      )}
    </Card>
  );
}

function useGroup(name: Group, now: Date): Related {
  const { session } = useWorkspace();
  return useRelated({
    kind: task,
    filter: useMemo(() => groupFilter(name, session.member.id, now), [name, session.member.id, now]),
    by: "assignee_ids closed overdue due_time",
    order: byDue,
    step: most,
    first: most,
  });
}

function TaskGroup({ name, now, count, view, ids }: Related & { name: Group; now: Date; count: number }) {
  const { session } = useWorkspace();
  if (view.total === 0) return null;
  return (
    <div role="group" aria-labelledby={`home-${name}`}>
      <h3 id={`home-${name}`} className={name === "overdue" ? "bad" : undefined}>
        <Link to={addressOf(dueTasks("mine", name, now), session.member)}>
          {words.group(words.groups[name], formatCount(view.total, view.more))}
        </Link>
      </h3>
      <ul className="home-rows">
        {ids.slice(0, count).map((id) => (
          <Row key={id} id={id} />
        ))}
      </ul>
    </div>
  );
}

function Row({ id }: { id: string }) {
  const record = useKnown(id);
  return record === undefined ? null : (
    <li>
      <TaskRow record={record} />
    </li>
  );
}
