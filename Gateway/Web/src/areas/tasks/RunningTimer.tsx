import { useState } from "react";
import { useWorkspace } from "../../app/workspace";
import type { TimeLog } from "../../core/api.generated";
import { all as allOf, isOneOf } from "../../core/cel";
import { spentTime } from "../../core/format";
import { explainInLine } from "../../core/problem";
import { Picture } from "../../parts/Icon";
import { Link } from "../../parts/Link";
import { recordAddress } from "../../core/recordKind";
import { useClock } from "../../parts/useClock";
import { useKnown } from "../../records/useRecord";
import { useRelated } from "../../records/useRelated";
import { words as all } from "../../words/taskScreens";
import { task } from "./task";
import { asTimeLog, latestFirst, timeFields, timeLog, turnTimer } from "./timeLog";

const words = all.time;
const clockPath = "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.5V8l2.5 1.5";

/** The member's timer that runs, if there is one; undefined while that is unknown. */
export function useRunningTimer() {
  const { session } = useWorkspace();
  const filter = allOf([isOneOf("member_id", [session.member.id]), "end_time == null"]);
  const { ids, view } = useRelated({ kind: timeLog, filter, by: timeFields, order: latestFirst, step: 1 });
  const record = useKnown(ids[0]);
  if (record === undefined) return view.state === "ready" && ids.length === 0 ? null : undefined;
  const running = asTimeLog(record);
  return running.end_time === "" ? running : null;
}

/** How long a timer has run, in words. */
export function useSpent(running: TimeLog | null | undefined): string {
  const start = Date.parse(running?.start_time ?? "");
  return useClock((now) => spentTime((now.getTime() - start) / 1000));
}

/** That the member's timer runs, on which task and for how long, and the button that stops it. */
export function RunningTimer() {
  const { permissions } = useWorkspace();
  return permissions.may("time_log.read") ? <Running /> : null;
}

function Running() {
  const { directory, records, notices } = useWorkspace();
  const running = useRunningTimer();
  const [isWorking, setWorking] = useState(false);
  const spent = useSpent(running);
  if (running === null || running === undefined) return null;
  const title = directory.names.record(running.task_id) || task.one;
  const stop = async () => {
    setWorking(true);
    try {
      await turnTimer(records, running.task_id, "stopTimer");
    } catch (failure) {
      notices.failed(explainInLine(failure));
    }
    setWorking(false);
  };
  return (
    <p className="running-timer" role="status">
      <Picture path={clockPath} />
      <Link to={recordAddress(task, running.task_id)}>{words.runsOn(title, spent)}</Link>
      <button type="button" className="button" disabled={isWorking} onClick={() => void stop()}>
        {words.stop}
      </button>
    </p>
  );
}
