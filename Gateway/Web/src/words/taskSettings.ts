// Settings of tasks: their categories, the rules that make them, and when managers hear of overdue ones.

import { counted, plural } from "./counts";
import { isolated } from "./sentences";

const tasks = { one: "task", many: "tasks" };

export const words = {
  category: {
    one: "category",
    many: "categories",
    about: "What kind of work a task is. A task can be without one.",
  },
  rule: {
    one: "rule",
    many: "rules",
    about:
      "A rule makes a task when something happens to a lead or a deal and a condition holds, then and after a wait. " +
      "It makes one task for a record.",
    none: {
      title: "Rules that make tasks belong here",
      reason: "Such as: call a hot lead that nobody has contacted for four hours.",
    },
    add: "Add rule",
    edit: "Edit rule",
    save: "Save rule",
    saved: (name: string) => `Rule ${isolated(name)} saved`,
    delete: "Delete",
    deleteOf: (name: string) => `Delete ${isolated(name)}`,
    deleted: (name: string) => `Rule ${isolated(name)} deleted`,
    table: "Table of rules that make tasks",
    name: "Rule",
    when: "When",
    condition: "Condition",
    makes: "Makes",
    made: "Made",
    counts: (made: string, completed: string, overdue: string) =>
      `${counted(made, tasks)}, ${completed} completed, ${overdue} overdue`,
    never: "None yet",
    noneThen: "None in this time",
    last: "Last one made",
    byPriority: "By priority",
    period: "Tasks made",
    everSince: "From the beginning",
    state: "State",
    change: "Change",
    active: "Active",
    paused: "Paused",
    isActive: "Active: it makes tasks",
    ruleName: "Name",
    event: "When this happens",
    events: {
      lead_created: "A lead is created",
      lead_changed: "A lead is created or changes",
      lead_assigned: "A lead gets an owner",
      lead_status_changed: "A lead’s status changes",
      deal_created: "A deal is created",
      deal_changed: "A deal is created or changes",
      deal_assigned: "A deal gets an owner",
      deal_stage_changed: "A deal’s stage changes",
    } as Readonly<Record<string, string>>,
    /** After the event, in the table. */
    waits: (time: string) => `and for ${time} after`,
    leadRows: "And the lead meets all of these",
    dealRows: "And the deal meets all of these",
    /** Before the examples. */
    examples: "In CEL over its fields, such as",
    wait: "For how long the condition must hold",
    waitHint: "0 for at once. The record is looked at again whenever it changes, and at the end.",
    unit: "Unit",
    units: { minutes: "Minutes", hours: "Hours", days: "Days", weeks: "Weeks" },
    lengths: {
      minutes: (count: number) => plural(count, "minute", "minutes"),
      hours: (count: number) => plural(count, "hour", "hours"),
      days: (count: number) => plural(count, "day", "days"),
      weeks: (count: number) => plural(count, "week", "weeks"),
    },
    task: "The task",
    title: "Title",
    description: "Description",
    priority: "Priority",
    category: "Category",
    due: "Due after",
    dueHint: "From when it is made. Empty for a task that is never due.",
    assignees: "Assignees",
    assigneesHint: "Without any, whoever owns the record.",
    noNumber: "Enter a whole number.",
    tooLong: "Enter at most a year.",
    dueTooLong: "Enter at most ten years.",
    noTitle: "Enter what is to be done.",
    noName: "Enter a name.",
    run: "Make tasks now",
    runOf: (name: string) => `Make tasks of ${isolated(name)} now`,
    runWhat: "For the leads that meet this and the rule’s own condition, without its wait. At most 1,000 leads.",
    runRows: "Leads that meet all of these",
    ran: (created: number, skipped: number) =>
      `${counted(created, tasks)} made; ${plural(skipped, "lead", "leads")} without a new one`,
  },
  alerts: {
    about:
      "Whoever does a task hears when it is due. The managers of their teams hear of it later, if it is still open.",
    hours: "Managers hear of overdue tasks after",
    unit: "hours",
    save: "Save",
    saved: "Saved",
    noHours: "Enter a whole number from 1 to 8,760.",
  },
};
