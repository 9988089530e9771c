import { all, hasId, literal } from "../../core/cel";
import type { Condition } from "../../core/conditions";
import { addDays, today } from "../../core/dates";
import type { Conditions } from "../../core/listState";
import { startOfDay } from "../../core/periods";

// What a member has to do, in the groups in which it is shown. The service says what is overdue within a second, so
// conditions depend only on the day.

export const groupNames = ["overdue", "today", "soon", "later", "undated"] as const;

export type GroupName = (typeof groupNames)[number];

/** How many days after today are the next ones. */
const soonDays = 7;

/** The condition of a group in CEL. */
export function groupFilter(group: GroupName, member: string, now: Date): string {
  const mine = hasId("assignee_ids", member);
  if (group === "overdue") return all([mine, "overdue"]);
  const open = all([mine, "!closed", "!overdue"]);
  const { tomorrow, later } = daysFrom(now);
  switch (group) {
    case "today":
      return all([open, due("<", tomorrow)]);
    case "soon":
      return all([open, due(">=", tomorrow), due("<", later)]);
    case "later":
      return all([open, due(">=", later)]);
    case "undated":
      return all([open, "due_time == null"]);
  }
}

/** The same as conditions of a list: that of all tasks shows them in full. */
export function groupConditions(group: GroupName, me: string, now: Date): Conditions {
  const flag = (value: "yes" | "no"): Condition => ({ is: "oneOf", values: [value] });
  const mine: [string, Condition] = ["assignee_ids", { is: "oneOf", values: [me] }];
  if (group === "overdue") return new Map([mine, ["overdue", flag("yes")]]);
  const { tomorrow, later } = daysFrom(now);
  const times: Record<typeof group, Condition> = {
    today: { is: "between", from: "", to: today(now) },
    soon: { is: "between", from: tomorrow, to: addDays(later, -1) },
    later: { is: "between", from: later, to: "" },
    undated: { is: "empty" },
  };
  return new Map([mine, ["closed", flag("no")], ["overdue", flag("no")], ["due_time", times[group]]]);
}

function daysFrom(now: Date): { tomorrow: string; later: string } {
  const present = today(now);
  return { tomorrow: addDays(present, 1), later: addDays(present, soonDays + 1) };
}

/** A condition on the due time, by the beginning of a day in the reader's zone. */
function due(comparison: string, day: string): string {
  const moment = startOfDay(day)?.toISOString().replace(".000Z", "Z") ?? "";
  return ["due_time", comparison, `timestamp(${literal(moment)})`].join(" ");
}
