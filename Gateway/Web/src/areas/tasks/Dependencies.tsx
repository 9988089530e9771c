import { useState } from "react";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import type { TaskDependency } from "../../core/api.generated";
import { explainInLine } from "../../core/problem";
import { type Rec, recordAddress } from "../../core/recordKind";
import { Failure } from "../../parts/Failure";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { Link } from "../../parts/Link";
import { Section } from "../../parts/Section";
import { Waiting } from "../../parts/Waiting";
import { useKnown } from "../../records/useRecord";
import { words as all } from "../../words/taskScreens";
import { dependency, holdsUp } from "./dependency";
import { DependencyDialog } from "./DependencyDialog";
import { StatusTag } from "./StatusTag";
import { asTask, task } from "./task";
import { useDependencies } from "./useDependencies";

const words = all.dependencies;

/** What a task waits for, and what waits for it. */
export function Dependencies({ record }: { record: Rec }) {
  const { permissions } = useWorkspace();
  const [isAdding, setAdding] = useState(false);
  const { list, view, before, after } = useDependencies(record.id);
  const mayAdd = permissions.may("task_dependency.create") && permissions.mayEdit(task, record);
  const isNone = view.state === "ready" && before.length + after.length === 0;
  return (
    <Section title={words.title}>
      {view.state === "failed" && <Failure error={view.error} retry={() => list.retry()} />}
      {view.state === "loading" && <Waiting lines={1} />}
      {isNone && <p className="muted">{words.none}</p>}
      <Side title={words.waitsFor} links={before} record={record} way="before" />
      <Side title={words.holdsUp} links={after} record={record} way="after" />
      {mayAdd && (
        <button type="button" className="button-quiet" onClick={() => setAdding(true)}>
          <Icon name="plus" />
          {words.add}
        </button>
      )}
      {isAdding && <DependencyDialog record={record} onClose={() => setAdding(false)} />}
    </Section>
  );
}

interface SideProps {
  title: string;
  links: readonly TaskDependency[];
  record: Rec;
  /** Whether the other tasks come before this one or after it. */
  way: "before" | "after";
}

function Side({ title, links, record, way }: SideProps) {
  if (links.length === 0) return null;
  return (
    <>
      <p className="card-part">{title}</p>
      <ul className="related" aria-label={title}>
        {links.map((link) => (
          <Row key={link.id} link={link} record={record} way={way} />
        ))}
      </ul>
    </>
  );
}

function Row({ link, record, way }: { link: TaskDependency; record: Rec; way: SideProps["way"] }) {
  const { records, permissions, directory, notices } = useWorkspace();
  const undoable = useUndoable();
  const id = way === "before" ? link.predecessor_id : link.successor_id;
  const other = useKnown(id);
  const name = other === undefined ? directory.names.record(id) || task.one : task.title(other);
  const says = (way === "before" ? words.waiting : words.holding)[link.type] ?? "";
  const isHeld = way === "before" && other !== undefined && holdsUp(link.type, asTask(other), asTask(record));
  // It is held by whoever holds the task that waits.
  const waiting = way === "before" ? record : other;
  const holdsIt = waiting !== undefined && permissions.mayEdit(task, waiting);
  const mayRemove = holdsIt && permissions.may("task_dependency.delete");
  const remove = async () => {
    try {
      await records.delete(dependency, link.id);
      const takeBack = async () => void (await records.undelete(dependency, link.id));
      undoable({ label: words.removed(name), takeBack, about: link.id });
    } catch (failure) {
      notices.failed(explainInLine(failure));
    }
  };
  return (
    <li>
      <span className="related-what">
        <Link to={recordAddress(task, id)}>
          <bdi>{name}</bdi>
        </Link>
        {other !== undefined && <StatusTag status={asTask(other).status} />}
        {isHeld && (
          <span className="task-late">
            <Icon name="warning" />
            {words.blocks}
          </span>
        )}
        <span className="muted">{says}</span>
      </span>
      {mayRemove && <IconButton icon="close" label={words.remove(name)} onClick={() => void remove()} />}
    </li>
  );
}
