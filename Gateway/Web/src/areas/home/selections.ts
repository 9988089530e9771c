import { type Asking, type Condition, me } from "../../core/conditions";
import { type Conditions, listAddress, listSearch, type Sort, withCondition } from "../../core/listState";
import type { RecordKind, Viewer } from "../../core/recordKind";
import { deal } from "../deals/deal";
import { lead } from "../leads/lead";
import { task } from "../tasks/task";
import { groupConditions } from "../tasks/taskGroups";

// Which records Home counts and shows. A figure and its link go by the same conditions: whoever follows the link
// sees the records that were counted.

/** The member's own records, or all that they may read. */
export type Scope = "mine" | "team";

/** Records by conditions, as a list has them. */
export interface Selection {
  kind: RecordKind;
  conditions: Conditions;
  sort: Sort;
}

/** Whether a member chooses between their own records and the team's: their role reaches further than themselves. */
export function choosesScope({ role }: Pick<Viewer, "role">): boolean {
  return role !== "rep" && role !== "read_only";
}

/**
 * Whose records a member sees: a rep their own; one who only reads owns none, and sees all that they may.
 *
 * @param chosen - what the member chose last; "" if nothing
 */
export function scopeOf(viewer: Pick<Viewer, "role">, chosen: string): Scope {
  if (viewer.role === "rep") return "mine";
  return choosesScope(viewer) && chosen === "mine" ? "mine" : "team";
}

const newestFirst: Sort = { field: "create_time", falling: true };
const soonestFirst: Sort = { field: "due_time", falling: false };
const nextToClose: Sort = { field: "expected_close_date", falling: false };

function oneOf(...values: readonly string[]): Condition {
  return { is: "oneOf", values };
}

function ofOwner(
  scope: Scope,
  kind: RecordKind,
  sort: Sort,
  conditions: readonly (readonly [string, Condition])[],
): Selection {
  const owner: [string, Condition][] = scope === "mine" ? [[kind.owner, oneOf(me)]] : [];
  return { kind, sort, conditions: new Map([...owner, ...conditions]) };
}

export function newLeads(scope: Scope, week: "this_week" | "last_week"): Selection {
  return ofOwner(scope, lead, newestFirst, [["create_time", { is: "during", period: week }]]);
}

/** Converted leads are read-only, and nobody is to call them as leads. */
export function hotLeads(scope: Scope): Selection {
  return ofOwner(scope, lead, newestFirst, [
    ["band", oneOf("hot", "very_hot")],
    ["converted", oneOf("no")],
  ]);
}

export function openDeals(scope: Scope): Selection {
  return ofOwner(scope, deal, nextToClose, [["status", oneOf("open")]]);
}

export function wonDeals(scope: Scope): Selection {
  return ofOwner(scope, deal, { field: "close_date", falling: true }, [
    ["status", oneOf("won")],
    ["close_date", { is: "during", period: "this_month" }],
  ]);
}

/** All deals, or those of a pipeline, in whichever stage. */
export function heldDeals(scope: Scope, pipeline = ""): Selection {
  return ofOwner(scope, deal, nextToClose, pipeline === "" ? [] : [["pipeline_id", oneOf(pipeline)]]);
}

export function dealsInStage(scope: Scope, pipeline: string, stage: string): Selection {
  return ofOwner(scope, deal, nextToClose, [
    ["pipeline_id", oneOf(pipeline)],
    ["stage", oneOf(stage)],
  ]);
}

export function dueTasks(scope: Scope, group: "overdue" | "today", now: Date): Selection {
  const mine = groupConditions(group, me, now);
  const conditions = scope === "mine" ? mine : withCondition(mine, "assignee_ids", null);
  return { kind: task, conditions, sort: soonestFirst };
}

/** The records of a selection as a condition in CEL. */
export function filterOf({ kind, conditions, sort }: Selection, asking: Asking): string {
  const first = kind.firstList({ id: asking.member, role: "" });
  return listSearch(kind, { ...first, query: "", conditions, sort }, asking).filter;
}

/** The address of the list of a selection, or of its board. */
export function addressOf({ kind, conditions, sort }: Selection, viewer: Viewer, isBoard = false): string {
  const first = kind.firstList(viewer);
  return listAddress(kind, { ...first, query: "", conditions, sort, columns: null, as: isBoard ? "board" : "table" }, first);
}

/** How many tasks of each group are shown, if so many are at most: those that are overdue leave room for others. */
export function shares(overdue: number, today: number, most: number): { overdue: number; today: number } {
  const late = Math.min(overdue, Math.max(Math.ceil(most / 2), most - today));
  return { overdue: late, today: Math.min(today, most - late) };
}
