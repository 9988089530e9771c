import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lengthOf, lengthText, minutesOf } from "../src/areas/settings/lengths";
import { ruleOfValues, valuesOfRule, watchedBy } from "../src/areas/settings/taskRules";
import { firstDrafts, ruleChange, ruleIn, valuesBesides } from "../src/areas/tasks/newTaskForm";
import { readReminder, reminderText } from "../src/areas/tasks/reminding";
import { ruleForm, ruleOfForm } from "../src/areas/tasks/recurrenceForm";
import "../src/areas/tasks/rules";
import { task } from "../src/areas/tasks/task";
import { decodeTaskRecurrence, decodeTaskRule } from "../src/core/api.generated";
import type { Drafts } from "../src/core/fieldDraft";
import { FieldRefusal } from "../src/core/problem";
import { ruleWords } from "../src/core/ruleWords";
import { serverText } from "./serverTexts";

/** The fields at fault, and why. */
function refused(action: () => unknown): Record<string, string> {
  try {
    action();
  } catch (failure) {
    if (failure instanceof FieldRefusal) return failure.fields;
    throw failure;
  }
  return {};
}

describe("The form of a new task", () => {
  const drafts = (change: Drafts): Drafts => ({ due_time: "2026-11-30T09:00:00Z", ...firstDrafts, ...change });

  test("asks for no reminder and no recurrence at first", () => {
    assert.deepEqual(valuesBesides(drafts({ due_time: "" }), "Europe/Berlin"), {});
  });

  test("sends the reminder and the rule, which holds by the reader's clocks", () => {
    const weekly = ruleChange({ kind: "weekly", weekdays: [5, 1], next_on: "date" });
    assert.deepEqual(ruleIn(drafts(weekly)).weekdays, [5, 1]);
    assert.deepEqual(valuesBesides(drafts({ ...weekly, reminder: "60" }), "Europe/Berlin"), {
      reminders: [{ minutes: 60 }],
      recurrence: { rule: "FREQ=WEEKLY;BYDAY=MO,FR", next_on: "date" },
      due_time_zone: "Europe/Berlin",
    });
    assert.deepEqual(valuesBesides(drafts({ reminder: "0" }), "UTC"), { reminders: [{ minutes: 0 }] });
  });

  test("needs a due time for either", () => {
    const undated = (change: Drafts) => refused(() => valuesBesides(drafts({ ...change, due_time: "" }), "UTC"));
    assert.match(undated({ reminder: "60" })["due_time"] ?? "", /a reminder needs that/);
    assert.match(undated(ruleChange({ kind: "daily" }))["due_time"] ?? "", /recurs needs that/);
    assert.deepEqual(Object.keys(refused(() => valuesBesides(drafts(ruleChange({ kind: "daily", interval: "x" })), "UTC"))), ["interval"]);
  });

  test("has names for these that no field of a task has", () => {
    const fields = task.form.flat().map(({ name }) => name);
    assert.deepEqual(Object.keys(firstDrafts).filter((name) => fields.includes(name)), []);
  });
});

describe("The form of a recurrence", () => {
  test("gives back each rule that it shows, and any other one as it is", () => {
    const rules = [
      "FREQ=DAILY;INTERVAL=3;COUNT=10",
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR",
      "FREQ=MONTHLY;BYDAY=-1FR",
      "FREQ=YEARLY;UNTIL=20301231",
      "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
    ];
    for (const rule of rules) assert.equal(ruleOfForm(ruleForm(decodeTaskRecurrence({ rule }))), rule);
    assert.equal(ruleForm(decodeTaskRecurrence({ rule: rules[4] })).kind, "custom");
    assert.equal(ruleForm(decodeTaskRecurrence({ rule: rules[0], next_on: "date" })).next_on, "date");
  });

  test("begins with every week, and ends a series by its first choice", () => {
    const first = ruleForm(null);
    assert.equal(ruleOfForm(first), "FREQ=WEEKLY");
    assert.equal(first.next_on, "completion");
    assert.equal(ruleOfForm({ ...first, kind: "never" }), "");
  });

  test("names the field that is not filled in", () => {
    const first = ruleForm(null);
    assert.deepEqual(Object.keys(refused(() => ruleOfForm({ ...first, interval: "0" }))), ["interval"]);
    assert.deepEqual(Object.keys(refused(() => ruleOfForm({ ...first, interval: "x" }))), ["interval"]);
    assert.deepEqual(Object.keys(refused(() => ruleOfForm({ ...first, end: "after", count: "10001" }))), ["count"]);
    assert.deepEqual(Object.keys(refused(() => ruleOfForm({ ...first, end: "on", until: "" }))), ["until"]);
    assert.deepEqual(Object.keys(refused(() => ruleOfForm({ ...first, kind: "custom", rule: " " }))), ["rule"]);
  });
});

describe("A reminder", () => {
  test("is said in its largest whole unit", () => {
    const said = [0, 1, 45, 60, 90, 120, 1440, 2880, 10_080, 20_160].map(reminderText);
    assert.deepEqual(said, [
      "when it is due",
      "1 minute before",
      "45 minutes before",
      "1 hour before",
      "90 minutes before",
      "2 hours before",
      "1 day before",
      "2 days before",
      "1 week before",
      "2 weeks before",
    ]);
  });

  test("is at most a year before", () => {
    assert.equal(readReminder(" 2 ", "hours"), 120);
    assert.equal(readReminder("365", "days"), 525_600);
    for (const text of ["366", "-1", "1.5", "", "soon"]) assert.equal(readReminder(text, "days"), null, text);
  });
});

describe("A length of time in settings", () => {
  test("is shown in its largest whole unit, and read again", () => {
    for (const minutes of [1, 59, 60, 240, 1440, 10_080, 1441]) assert.equal(minutesOf(lengthOf(minutes)), minutes);
    assert.deepEqual(lengthOf(240), { amount: "4", unit: "hours" });
    assert.deepEqual(lengthOf(null), { amount: "", unit: "hours" });
    assert.equal(lengthText(1440), "1 day");
    assert.equal(lengthText(90), "90 minutes");
  });

  test("is none where nothing is typed, and no number where something else is", () => {
    assert.equal(minutesOf({ amount: " ", unit: "days" }), null);
    assert.ok(Number.isNaN(minutesOf({ amount: "1.5", unit: "days" })));
  });
});

describe("A rule that makes tasks", () => {
  const rule = decodeTaskRule({
    display_name: "Hot lead",
    event: "lead_changed",
    condition: "score >= 71",
    wait_minutes: 240,
    title: "Call now",
    due_minutes: 60,
    active: true,
  });

  test("is sent as it is read", () => {
    const sent = ruleOfValues(valuesOfRule(rule));
    for (const name of ["display_name", "event", "condition", "wait_minutes", "title", "due_minutes"] as const) {
      assert.equal(sent[name], rule[name], name);
    }
    assert.equal(ruleOfValues({ ...valuesOfRule(rule), due: { amount: "", unit: "days" } })["due_minutes"], null);
  });

  test("looks at leads or deals by its event", () => {
    assert.equal(watchedBy("deal_stage_changed").kind.object, "deal");
    assert.equal(watchedBy("lead_assigned").kind.object, "lead");
  });

  test("names every field at fault", () => {
    const values = {
      ...valuesOfRule(null),
      rows: [{ field: "score", operator: "least" as const, values: [] }],
      wait: { amount: "53", unit: "weeks" as const },
      due: { amount: "x", unit: "days" as const },
    };
    const faults = refused(() => ruleOfValues(values));
    assert.deepEqual(Object.keys(faults).sort(), ["condition", "display_name", "due_minutes", "title", "wait_minutes"]);
  });
});

test("what tasks refuse is put into words for people", () => {
  const words = (field: string, rule: string, reason = "INVALID_FIELD") => ruleWords({ field, rule, reason });
  const before = (status: string, step: string) =>
    serverText("must not be {} before {} {}", status, "task_1", serverText(step));
  assert.equal(words("status", before("completed", "is completed")), "Complete what it waits for first");
  assert.match(words("task.status", before("in_progress", "has begun")) ?? "", /cannot begin yet/);
  assert.match(words("due_time", serverText("must not be before start_time")) ?? "", /not before its start/);
  assert.match(words("due_time", serverText("must be set for a task that recurs")) ?? "", /recurs needs that/);
  assert.match(words("successor_id", serverText("waits for that task already"), "ALREADY_EXISTS") ?? "", /already/);
  const circle = serverText("must not close a circle: {}", "a -> b -> a");
  assert.match(words("successor_id", circle) ?? "", /wait for each other/);
  assert.match(
    words("id", serverText("must wait for your timer on {}, which runs", "task_1"), "ALREADY_EXISTS") ?? "",
    /^Stop your timer/,
  );
  assert.match(words("id", serverText("must be a task that is open")) ?? "", /^Open the task again/);
  assert.match(words("id", serverText("must be a task on which your timer runs")) ?? "", /does not run/);
  assert.match(words("reminders[0].minutes", serverText("must be named once")) ?? "", /^Choose another time/);
  assert.match(words("related", serverText("must name each record once")) ?? "", /once/);
  assert.match(words("recurrence.rule", serverText("the rule must have an occurrence")) ?? "", /never does/);
  assert.match(words("rule", serverText("“{}” is not a part of a rule", "X=1")) ?? "", /RFC 5545/);
});
