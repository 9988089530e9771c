import { useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { explainInLine } from "../../core/problem";
import type { Rec } from "../../core/recordKind";
import { Icon } from "../../parts/Icon";
import { words as all } from "../../words/taskScreens";
import { RunningTimer, useRunningTimer, useSpent } from "./RunningTimer";
import { asTask, task } from "./task";
import { turnTimer } from "./timeLog";
import { useCompletion } from "./useCompletion";

const words = all.completing;

/** What one does with a task next: work on it by the clock, and complete it. */
export function Actions({ record }: { record: Rec }) {
  const { permissions } = useWorkspace();
  const { complete, reopen } = useCompletion();
  const [isWorking, setWorking] = useState(false);
  const [reason, setReason] = useState("");
  if (!permissions.mayEdit(task, record)) return null;
  const { closed } = asTask(record);
  const press = async () => {
    setReason("");
    setWorking(true);
    setReason(await (closed ? reopen(record) : complete(record)));
    setWorking(false);
  };
  return (
    <div className="task-actions">
      <div className="next-actions">
        {!closed && permissions.may("time_log.create") && <TimerButton record={record} refuse={setReason} />}
        <button
          type="button"
          className={`button ${closed ? "" : "button-main"}`}
          disabled={isWorking}
          onClick={() => void press()}
        >
          {!closed && <Icon name="check" />}
          {closed ? words.reopen : words.complete}
        </button>
      </div>
      {reason !== "" && (
        <p className="field-error" role="alert">
          {reason}
        </p>
      )}
    </div>
  );
}

/** Starts the member's timer, of which one runs at a time, or stops it; one on another task is named, to be stopped. */
function TimerButton({ record, refuse }: { record: Rec; refuse: (reason: string) => void }) {
  const { records } = useWorkspace();
  const running = useRunningTimer();
  const [isWorking, setWorking] = useState(false);
  const [isBlocked, setBlocked] = useState(false);
  const spent = useSpent(running);
  const isHere = running?.task_id === record.id;
  const isElsewhere = running != null && !isHere;
  const press = async () => {
    refuse("");
    setBlocked(isElsewhere);
    if (isElsewhere) return;
    setWorking(true);
    try {
      await turnTimer(records, record.id, isHere ? "stopTimer" : "startTimer");
    } catch (failure) {
      refuse(explainInLine(failure));
    }
    setWorking(false);
  };
  return (
    <>
      {isBlocked && isElsewhere && <RunningTimer />}
      <button
        type="button"
        className="button"
        disabled={isWorking || running === undefined}
        aria-pressed={isHere}
        onClick={() => void press()}
      >
        {isHere ? all.time.stopAfter(spent) : all.time.start}
      </button>
    </>
  );
}
