import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server.browser";
import { TimelineDays } from "../src/areas/activities/TimelineDays";
import { TaskRuleTable } from "../src/areas/settings/TaskRuleTable";
import { aboutTask } from "../src/areas/tasks/aboutTask";
import { holdsUp } from "../src/areas/tasks/dependency";
import "../src/areas/tasks/face";
import { Recurrence } from "../src/areas/tasks/Recurrence";
import { QuickAdd, understood } from "../src/areas/tasks/QuickAdd";
import { Reminders } from "../src/areas/tasks/Reminders";
import { asTask, task } from "../src/areas/tasks/task";
import { TaskRow } from "../src/areas/tasks/TaskRow";
import { decodeTaskRule, decodeTaskRuleStats, decodeTimelineEntry, type Task } from "../src/core/api.generated";
import { listQuery } from "../src/core/recordApi";
import type { Rec } from "../src/core/recordKind";
import { listedFields } from "../src/core/recordKind";
import { GridCell } from "../src/records/GridCell";
import { RecordView } from "../src/records/RecordView";
import { FakeWorkspace } from "./fakeWorkspace";

const kinds = ["task", "task_dependency", "time_log"];
const everything = kinds.flatMap((kind) => ["read", "create", "edit", "delete"].map((verb) => `${kind}.${verb}`));

function shown(children: ReactNode, permissions: readonly string[] = everything): string {
  return renderToStaticMarkup(<FakeWorkspace permissions={permissions}>{children}</FakeWorkspace>);
}

function words(markup: string): string {
  return markup.replace(/<[^>]*>/g, " ").replace(/[\s\u00a0]+/g, " ").trim();
}

const made: Rec = task.decode({
  id: "task_1",
  etag: "1",
  title: "Call Ada",
  status: "todo",
  priority: "high",
  due_time: "2020-03-02T09:00:00Z",
  due_time_zone: "Pacific/Kiritimati",
  assignee_ids: ["member_1"],
  owner_id: "member_1",
  checklist: [{ text: "Slides", done: true }, { text: "Room" }],
  reminders: [{ minutes: 90 }, { minutes: 1440 }, {}],
  recurrence: { rule: "FREQ=WEEKLY;BYDAY=MO", next_on: "date" },
  series_id: "task_1",
  estimated_seconds: "5400",
  actual_seconds: "600",
  tags: ["demo"],
});
const with_ = (values: Partial<Task>): Rec => ({ ...made, ...values });

describe("A task's page", () => {
  const view = <RecordView kind={task} record={made} heading="h1" isGone={false} onDeleted={() => undefined} />;

  test("has what is to be done, by when, and how far it is", () => {
    const text = words(shown(view));
    assert.match(text, /Complete .*Overdue .*Status .*Todo .*Priority .*High .*Due .*in Pacific\/Kiritimati /);
    assert.match(text, /Checklist \(1 of 2\) .*Slides .*Room .*Subtasks .*Dependencies .*Time/);
    assert.match(text, /Logged 10 min Estimate .*1 h 30 min/);
    assert.match(text, /Every week on Monday The next one is made when this one is due\. Change Leave this one out/);
    assert.match(text, /Reminders when it is due .*90 minutes before .*1 day before/);
  });

  test("offers nothing to change to who may only read it", () => {
    const text = words(shown(view, ["task.read", "time_log.read", "task_dependency.read"]));
    assert.match(text, /Call Ada/);
    assert.doesNotMatch(text, /Complete|Start timer|Add |Change|Leave this one out|Log time|New task|New step/);
  });

  test("is opened again once it is closed, and waits for no reminder then", () => {
    const closed = with_({ status: "completed", closed: true });
    const page = <RecordView kind={task} record={closed} heading="h1" isGone={false} onDeleted={() => undefined} />;
    const text = words(shown(page));
    assert.match(text, /Reopen/);
    assert.doesNotMatch(text, /Overdue|Start timer|Leave this one out/);
  });
});

describe("How a task recurs", () => {
  test("needs a due time first", () => {
    const none = with_({ recurrence: null, series_id: "" });
    assert.match(words(shown(<Recurrence record={none} />)), /does not recur\. Let it recur/);
    const undated = with_({ recurrence: null, series_id: "", due_time: "" });
    const text = words(shown(<Recurrence record={undated} />));
    assert.match(text, /Set that first/);
    assert.doesNotMatch(text, /Let it recur/);
    assert.doesNotMatch(words(shown(<Reminders record={undated} />)), /Add reminder/);
  });

  test("leads to the next one, once that is made", () => {
    assert.match(shown(<Recurrence record={with_({ next_id: "task_2" })} />), /href="\/tasks\/task_2"/);
  });
});

describe("A change of how a task recurs", () => {
  const told = (field: string, old: string, now: string) => {
    const data = { event: "updated", changes: [{ field, old, new: now }] };
    const entry = { time: "2020-03-02T09:00:00Z", kind: "field_update", record_id: "task_1", actor: "member_1", data };
    const record = task.decode({ id: "task_1", etag: "1", title: "Call" });
    return words(shown(<TimelineDays kind={task} record={record} entries={[decodeTimelineEntry(entry)]} />));
  };

  test("is told in words", () => {
    assert.match(told("recurrence.rule", "", "FREQ=WEEKLY;BYDAY=MO"), /Recurrence Every week on Monday$/);
    assert.match(told("recurrence.rule", "FREQ=DAILY", ""), /Recurrence Every day → empty$/);
    assert.match(told("recurrence.next_on", "completion", "date"), /When the next one is made .*completed → .*due$/);
  });

  test("is not told where it follows from another one", () => {
    assert.doesNotMatch(told("recurrence.next_on", "", "completion"), /Ada|made/);
  });
});

describe("A row of tasks", () => {
  test("is completed by its check, and says what one needs to know", () => {
    const row = shown(<TaskRow record={made} />);
    assert.match(words(row), /Complete Call Ada .*Overdue: .*High .*Recurs/);
    assert.match(row, /href="\/tasks\/task_1"/);
    assert.doesNotMatch(row, /disabled/);
    assert.match(shown(<TaskRow record={made} />, ["task.read"]), /disabled/);
    assert.match(words(shown(<TaskRow record={with_({ status: "completed", closed: true })} />)), /is completed/);
  });

  test("names neither the member themselves nor a usual priority", () => {
    const text = words(shown(<TaskRow record={with_({ priority: "medium" })} />));
    assert.doesNotMatch(text, /Medium|Ada Lovelace/);
  });
});

test("a line for a task is there for who may make one, and says what it understood", () => {
  assert.match(words(shown(<QuickAdd name="mine" />)), /New task .*Such as: .*Add task/);
  assert.equal(shown(<QuickAdd name="mine" />, ["task.read"]), "");
  const now = new Date(2026, 10, 27, 15);
  const said = "Due Tomorrow 9:00 AM · Every day · Low priority";
  assert.equal(understood("Call Ada tomorrow 9 every day !low", now), said);
  assert.equal(understood("Call Ada", now), "");
});

test("a list of tasks asks for what is in a recurrence by its parts", () => {
  const { fields } = listQuery(task, { filter: "", query: "", orderBy: "" }, listedFields(task), { token: "" });
  const names = String(fields).split(",");
  for (const name of ["recurrence.rule", "recurrence.next_on", "assignee_ids"]) assert.ok(names.includes(name), name);
  assert.ok(!names.includes("recurrence"));
});

test("a cell and a day of the calendar name the record beside the title, which many tasks have", () => {
  const names = { record: (id: string) => ({ lead_1: "Grace Hopper", lead_2: "Ada", lead_3: "Alan" })[id] ?? "" };
  const about = (related: string[]) => aboutTask(with_({ related }), names);
  assert.equal(about(["lead_1"]), "Grace Hopper");
  assert.equal(about(["lead_1", "lead_2", "lead_3"]), "Grace Hopper, Ada");
  assert.equal(about(["lead_9"]), "");
  const column = task.columns[0];
  if (column === undefined) throw new Error("tasks have no columns");
  const cell = shown(<GridCell kind={task} column={column} record={with_({ related: ["member_1"] })} />);
  assert.match(words(cell), /^Call Ada Ada Lovelace/);
});

test("a cell shows a task's due time and priority, and marks one that is closed", () => {
  const cell = (id: string, record = made) => {
    const column = task.columns.find((each) => each.id === id);
    return column === undefined ? "" : shown(<GridCell kind={task} column={column} record={record} />);
  };
  assert.match(cell("due_time"), /task-late/);
  assert.doesNotMatch(cell("due_time", with_({ closed: true })), /task-late/);
  assert.match(words(cell("priority")), /High/);
  assert.match(words(cell("estimated_seconds")), /1 h 30 min/);
  assert.match(cell("title", with_({ closed: true })), /task-closed/);
});

describe("A task that waits for another one", () => {
  const open = { status: "todo", closed: false } as const;
  const status = (each: Task["status"]) => ({ status: each });

  test("is held up until that is far enough", () => {
    for (const type of ["finish_to_start", "finish_to_finish"] as const) {
      assert.equal(holdsUp(type, status("in_progress"), open), true);
      assert.equal(holdsUp(type, status("completed"), open), false);
    }
    assert.equal(holdsUp("start_to_start", status("todo"), open), true);
    assert.equal(holdsUp("start_to_start", status("in_progress"), open), false);
  });

  test("is held up by none that is cancelled, nor once it is closed itself", () => {
    assert.equal(holdsUp("finish_to_start", status("cancelled"), open), false);
    assert.equal(holdsUp("finish_to_start", status("todo"), { status: "completed", closed: true }), false);
  });
});

test("a rule says when it makes which task, and what it has made", () => {
  const rule = decodeTaskRule({
    id: "task_rule_1",
    display_name: "Hot lead",
    event: "lead_changed",
    condition: "score >= 71",
    wait_minutes: 240,
    title: "Call now",
    active: true,
  });
  const stats = decodeTaskRuleStats({
    rule_id: "task_rule_1",
    created: "3",
    completed: "1",
    overdue: "2",
    priorities: [
      { priority: "urgent", count: "2" },
      { priority: "low", count: "1" },
    ],
  });
  const nothing = () => undefined;
  const table = <TaskRuleTable rules={[rule]} stats={[stats]} isOfPeriod={false} edit={nothing} run={nothing} remove={nothing} />;
  const text = words(shown(table, ["task_rule.edit", "task_rule.delete"]));
  assert.match(text, /Hot lead A lead is created or changes Score is at least 71 and for 4 hours after Call now/);
  assert.match(text, /3 tasks, 1 completed, 2 overdue Low 1 Urgent 2 Active Edit/);
  assert.doesNotMatch(words(shown(table, [])), /Edit|Change/);
});

test("a task's fields are those of the API", () => {
  assert.equal(asTask(made).title, "Call Ada");
  for (const { id, fields } of task.columns) {
    for (const name of fields) assert.ok(task.fields.has(name), `${id}: ${name}`);
  }
});
