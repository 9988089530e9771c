import { useState } from "react";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import { isOneOf } from "../../core/cel";
import { explainInLine } from "../../core/problem";
import type { Rec } from "../../core/recordKind";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { Person } from "../../parts/Person";
import { Time } from "../../parts/Time";
import { Fact } from "../../records/Fact";
import { RelatedList } from "../../records/RelatedList";
import { words as all } from "../../words/taskScreens";
import { durationText } from "../../core/durations";
import { asTask, task } from "./task";
import { useSpent } from "./RunningTimer";
import { TimeDialog } from "./TimeDialog";
import { asTimeLog, latestFirst, timeFields, timeLog } from "./timeLog";

const words = all.time;

const sums = ["actual_seconds", "estimated_seconds"].flatMap((name) => task.fields.get(name) ?? []);

/** The time that was logged on a task, beside what it was expected to take. */
export function TimeSection({ record }: { record: Rec }) {
  const { permissions } = useWorkspace();
  const [isLogging, setLogging] = useState(false);
  const { id } = asTask(record);
  const mayEdit = permissions.mayEdit(task, record);
  const mayLog = mayEdit && permissions.may("time_log.create");
  return (
    <RelatedList
      kind={timeLog}
      title={words.title}
      filter={isOneOf("task_id", [id])}
      by={timeFields}
      order={latestFirst}
      none={words.none}
      row={(each) => <LoggedTime record={each} />}
    >
      <dl className="facts task-time">
        {sums.map((field) => (
          <Fact key={field.name} kind={task} record={record} field={field} mayEdit={mayEdit} />
        ))}
      </dl>
      {mayLog && (
        <button type="button" className="button-quiet" onClick={() => setLogging(true)}>
          <Icon name="plus" />
          {words.log}
        </button>
      )}
      {isLogging && <TimeDialog record={record} onClose={() => setLogging(false)} />}
    </RelatedList>
  );
}

function LoggedTime({ record }: { record: Rec }) {
  const { records, permissions, directory, notices } = useWorkspace();
  const undoable = useUndoable();
  const { id, member_id, start_time, end_time, seconds, note } = asTimeLog(record);
  const name = directory.names.record(member_id);
  const spent = useSpent(asTimeLog(record));
  const took = end_time === "" ? words.running(spent) : durationText(Number(seconds));
  const remove = async () => {
    try {
      await records.delete(timeLog, id);
      const takeBack = async () => void (await records.undelete(timeLog, id));
      undoable({ label: words.removed, takeBack, about: id });
    } catch (failure) {
      notices.failed(explainInLine(failure));
    }
  };
  return (
    <>
      <span className="related-what">
        <Person name={name} />
        <strong className="task-took">{took}</strong>
        <span className="muted">
          <Time at={start_time} />
        </span>
        {note !== "" && (
          <span className="task-note" dir="auto">
            {note}
          </span>
        )}
      </span>
      {permissions.mayDelete(timeLog, record) && (
        <IconButton icon="close" label={words.remove(took, name)} onClick={() => void remove()} />
      )}
    </>
  );
}
