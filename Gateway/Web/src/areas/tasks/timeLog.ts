import { decodeTimeLog, type TimeLog, timeLogSchema } from "../../core/api.generated";
import { newIdempotencyKey } from "../../core/client";
import { at, type RecordApi } from "../../core/recordApi";
import { type Rec, type RecordKind, recordKind } from "../../core/recordKind";
import { words } from "../../words/timeLogs";
import { task } from "./task";

/** A record of this kind with the types of its fields. */
export function asTimeLog(record: Rec): TimeLog {
  return record as unknown as TimeLog;
}

/** Time that members have worked on tasks. It is shown with its task, and has no screens of its own. */
export const timeLog: RecordKind = recordKind<TimeLog>({
  object: "time_log",
  one: words.one,
  many: words.many,
  address: task.address,
  schema: timeLogSchema,
  decode: decodeTimeLog,
  titleFields: ["note"],
  owner: "member_id",
  columns: [{ id: "start_time", fields: ["task_id", "member_id", "start_time", "end_time", "seconds", "note"] }],
});

/** The fields that lists of logged time are about. */
export const timeFields = "task_id start_time end_time seconds note";

/** Latest first. */
export const latestFirst = { field: "start_time", falling: true };

/** Starts or stops the member's timer on a task. */
export async function turnTimer(records: RecordApi, id: string, verb: "startTimer" | "stopTimer"): Promise<void> {
  const raw = await records.client.post(
    `${at(task.api, id)}:${verb}`,
    {},
    { idempotencyKey: newIdempotencyKey() },
  );
  records.store.takeWritten(timeLog, timeLog.decode(raw), verb === "startTimer" ? "created" : "changed");
  // What was logged is summed up in the task, without a new etag.
  if (verb === "stopTimer") await records.get(task, id).catch(() => undefined);
}
