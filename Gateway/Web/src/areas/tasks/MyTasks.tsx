import { useMemo } from "react";
import { useTitle } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { me } from "../../core/conditions";
import { formatCount } from "../../core/format";
import { listAddress } from "../../core/listState";
import { navigate } from "../../core/navigation";
import { Empty } from "../../parts/Empty";
import { Failure } from "../../parts/Failure";
import { Link } from "../../parts/Link";
import { Segmented } from "../../parts/Segmented";
import { Waiting } from "../../parts/Waiting";
import { useKnown } from "../../records/useRecord";
import { useAsking } from "../../records/useRecordList";
import { type Related, useRelated } from "../../records/useRelated";
import { words as lists } from "../../words/lists";
import { words as tasks } from "../../words/tasks";
import { words } from "../../words/taskScreens";
import { type GroupName, groupConditions, groupFilter, groupNames } from "./taskGroups";
import { QuickAdd } from "./QuickAdd";
import { RunningTimer } from "./RunningTimer";
import { openTasksOf, task } from "./task";
import { byDue, TaskRow } from "./TaskRow";
import { TaskTabs } from "./TaskTabs";

const newestFirst = { field: "create_time", falling: true };

/** What the member has to do: overdue, today, soon, later, and without a date. */
export default function MyTasks() {
  useTitle(tasks.mine);
  const { session } = useWorkspace();
  const first = task.firstList(session.member);
  const calendar = listAddress(task, { ...first, conditions: openTasksOf(me), as: "month" }, first);
  const asking = useAsking();
  const groups = groupNames.map((name) => ({ name, related: useGroup(name, asking.now) }));
  const isLoading = groups.some(({ related }) => related.view.state === "loading");
  const failed = groups.find(({ related }) => related.view.state === "failed");
  const isEmpty = groups.every(({ related: { view } }) => view.state === "ready" && view.total === 0);
  return (
    <div className="screen my-tasks">
      <header className="screen-head">
        <h1>{tasks.mine}</h1>
        <TaskTabs />
        <span className="list-tools">
          <Segmented
            label={lists.shownAs.name}
            value="list"
            choices={[
              { value: "list", label: words.list },
              { value: "calendar", label: lists.shownAs.calendar },
            ]}
            onChange={() => navigate(calendar)}
          />
        </span>
      </header>
      <QuickAdd name="mine" />
      <RunningTimer />
      {failed !== undefined && (
        <Failure
          error={failed.related.view.error}
          retry={() => groups.forEach(({ related: { view, list } }) => view.state === "failed" && list.retry())}
        />
      )}
      {isLoading && <Waiting lines={8} />}
      {isEmpty && <Empty icon="check" title={words.nothing.title} reason={words.nothing.reason} />}
      {!isLoading && groups.map(({ name, related }) => <Group key={name} name={name} now={asking.now} {...related} />)}
    </div>
  );
}

/** How many of a group are shown at first. */
const step = 20;

function useGroup(name: GroupName, now: Date): Related {
  const { session } = useWorkspace();
  return useRelated({
    kind: task,
    filter: useMemo(() => groupFilter(name, session.member.id, now), [name, session.member.id, now]),
    by: "assignee_ids closed overdue due_time",
    order: name === "undated" ? newestFirst : byDue,
    step,
  });
}

function Group({ name, now, view, ids, more }: Related & { name: GroupName; now: Date }) {
  const { session } = useWorkspace();
  if (view.state !== "ready" || view.total === 0) return null;
  const title = words.groups[name];
  const first = task.firstList(session.member);
  const address = listAddress(task, { ...first, conditions: groupConditions(name, me, now) }, first);
  return (
    <section className={`task-group task-group-${name}`} aria-labelledby={`group-${name}`}>
      <h2 id={`group-${name}`}>
        <Link to={address}>{words.group(title, formatCount(view.total, view.more))}</Link>
      </h2>
      <ul className="task-rows">
        {ids.map((id) => (
          <GroupRow key={id} id={id} />
        ))}
      </ul>
      {more !== null && (
        <button type="button" className="button-quiet" onClick={more}>
          {words.more}
        </button>
      )}
    </section>
  );
}

function GroupRow({ id }: { id: string }) {
  const record = useKnown(id);
  return record === undefined ? null : (
    <li>
      <TaskRow record={record} />
    </li>
  );
}
