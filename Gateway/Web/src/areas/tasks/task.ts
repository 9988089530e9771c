import { decodeTask, type Task, taskSchema } from "../../core/api.generated";
import { me, team as myTeam } from "../../core/conditions";
import { type Conditions, type ListState, type ShownAs, withCondition } from "../../core/listState";
import { type Rec, type RecordKind, recordKind, type Viewer } from "../../core/recordKind";
import { words } from "../../words/tasks";

/** A record of this kind with the types of its fields. */
export function asTask(record: Rec): Task {
  return record as unknown as Task;
}

/** Open tasks, those that are due first on top. */
function firstList(): Partial<ListState> {
  return {
    conditions: new Map([["closed", { is: "oneOf", values: ["no"] }]]),
    sort: { field: "due_time", falling: false },
  };
}

/** A board has columns for closed tasks, too. */
function turned({ conditions }: ListState, as: ShownAs): Conditions {
  return as === "board" ? withCondition(conditions, "closed", null) : conditions;
}

/** The conditions of a list of open tasks that somebody does. */
export function openTasksOf(assignee: string): Conditions {
  return new Map([
    ["assignee_ids", { is: "oneOf", values: [assignee] }],
    ["closed", { is: "oneOf", values: ["no"] }],
  ]);
}

/** The lists of tasks that are most often looked at. */
function views({ role }: Viewer): readonly { name: string; list: Partial<ListState> }[] {
  const overdue: Conditions = new Map([["overdue", { is: "oneOf", values: ["yes"] }]]);
  const team = { name: words.views.team, list: { conditions: openTasksOf(myTeam) } };
  return [
    { name: words.views.due, list: {} },
    { name: words.views.priority, list: { sort: { field: "priority_rank", falling: true } } },
    { name: words.views.mine, list: { conditions: openTasksOf(me) } },
    ...(role === "manager" ? [team] : []),
    { name: words.views.overdue, list: { conditions: overdue } },
  ];
}

export const task: RecordKind = recordKind<Task>({
  object: "task",
  one: words.one,
  many: words.many,
  schema: taskSchema,
  decode: decodeTask,
  parts: { recurrence: ["rule", "next_on"] },
  // The service sets these in each task.
  filled: ["status", "priority"],
  owner: "owner_id",
  participants: "assignee_ids",
  sought: ["assignee_ids", "related"],
  board: "status",
  calendar: "due_time",
  views,
  firstList,
  turned,
  columns: [
    { id: "title", width: 220, grow: 2, fields: ["title", "closed", "recurrence", "related", "rule_id"] },
    { id: "due_time", width: 190, fields: ["due_time", "closed"] },
    { id: "priority", width: 100, sort: "priority_rank" },
    { id: "status", width: 110 },
    { id: "assignee_ids", width: 150 },
    { id: "project_id", width: 130 },
    { id: "category", width: 110 },
    { id: "tags", width: 120, isChosen: false },
    { id: "related", width: 160, isChosen: false },
    { id: "estimated_seconds", width: 110, isChosen: false },
    { id: "actual_seconds", width: 110, isChosen: false },
    ...(
      [
        "owner_id",
        "parent_id",
        "overdue",
        "closed",
        "start_time",
        "complete_time",
        "create_time",
        "update_time",
      ] as const
    ).map((id) => ({ id, width: 130, grow: 0, isChosen: false })),
  ],
  keys: ["status", "priority", "due_time", "assignee_ids"],
  groups: [
    { title: words.groups.task, fields: ["title", "description", "category", "tags", "start_time", "due_time_zone"] },
    { title: words.groups.people, fields: ["owner_id", "watcher_ids"] },
    { title: words.groups.about, fields: ["related", "project_id", "parent_id", "rule_id"] },
  ],
  form: [
    ["title"],
    ["due_time"],
    ["assignee_ids"],
    ["priority", "category"],
    ["project_id"],
    ["related"],
    ["description"],
  ],
  bulk: ["assignee_ids", "due_time", "status", "priority", "project_id", "category"],
  shortcuts: [{ label: words.complete, field: "status", value: "completed" }],
  filters: ["assignee_ids", "status", "priority", "due_time"],
});
