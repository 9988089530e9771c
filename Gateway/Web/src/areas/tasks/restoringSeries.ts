import { decodePreviewRecurrenceResponse, type Task } from "../../core/api.generated";
import { Refusal } from "../../core/problem";
import type { RecordApi } from "../../core/recordApi";
import { words as all } from "../../words/taskScreens";
import { asTask, task } from "./task";

/** The most times that a preview gives. */
const mostTimes = 50;

/**
 * Gives a task the rule back that it had before, unless it has been changed again: the series goes on from this task as
 * it would have, by the time that the rule had for it. A number of times counts only those that were left.
 *
 * @param before - the task as it was
 * @param after - the task as the change left it
 */
export async function restoreSeries(records: RecordApi, before: Task, after: Task): Promise<void> {
  const present = asTask(await records.get(task, before.id));
  if (JSON.stringify(present.recurrence) !== JSON.stringify(after.recurrence)) {
    throw new Refusal(all.completing.changedAgain);
  }
  const { recurrence, series_time, id } = before;
  if (recurrence === null || recurrence.rule === present.recurrence?.rule) {
    await records.update(task, id, present.etag, { recurrence });
    return;
  }
  const rule = await ruleFromHere(records, before);
  const byRule = series_time === "" ? present.due_time : series_time;
  const values = { recurrence: { ...recurrence, rule }, due_time: byRule };
  const back = await records.update(task, id, present.etag, values);
  // One that was moved stays where it was moved to, and the series where it was.
  if (present.due_time !== byRule) await records.update(task, id, back.etag, { due_time: present.due_time });
}

/** The rule of a series from this task on: of so many times, those before it are over. */
async function ruleFromHere(records: RecordApi, before: Task): Promise<string> {
  const { recurrence, series_start, series_time, due_time_zone } = before;
  const rule = recurrence?.rule ?? "";
  const count = countIn(rule);
  if (count === null || series_start === series_time) return rule;
  const query = { rule, start_time: series_start, time_zone: due_time_zone, count: mostTimes };
  const raw = await records.client.get(`${task.api}:previewRecurrence`, query);
  // Those after the first one.
  const { times } = decodePreviewRecurrenceResponse(raw);
  const place = times.findIndex((time) => Date.parse(time) === Date.parse(series_time));
  if (place < 0) throw new Refusal(all.recurring.tooFar);
  const left = times.length < mostTimes ? times.length - place : count - place - 1;
  return rule.replace(/COUNT=\d+/i, `COUNT=${left}`);
}

function countIn(rule: string): number | null {
  const found = /(?:^|;)COUNT=(\d+)/i.exec(rule);
  return found === null ? null : Number(found[1]);
}
