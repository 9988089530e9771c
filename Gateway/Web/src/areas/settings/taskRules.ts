import type { TaskRule } from "../../core/api.generated";
import { type Fields } from "../../core/fields";
import { FieldRefusal } from "../../core/problem";
import { type ConditionDraft, fieldsNamed, readRows, rowFault, ruleFields, type RuleRow } from "../../core/ruleRows";
import type { RecordKind } from "../../core/recordKind";
import { words as all } from "../../words/taskSettings";
import { deal } from "../deals/deal";
import { lead } from "../leads/lead";
import { type Length, lengthOf, minutesOf } from "./lengths";
import { words as settings } from "../../words/settings";

const words = all.rule;
const year = 525_600;
const tenYears = 5_256_000;

export const events = Object.keys(words.events);

/** What a rule looks at. */
export interface Watched {
  kind: RecordKind;
  /** The fields that rows of its condition can use. */
  fields: Fields;
  first: RuleRow;
  legend: string;
  examples: readonly string[];
}

const leads: Watched = {
  kind: lead,
  fields: fieldsNamed(ruleFields(lead.fields)),
  first: { field: "score", operator: "least", values: [] },
  legend: words.leadRows,
  examples: ["score >= 71 && last_activity_time == null", 'source == "referral"'],
};

const deals: Watched = {
  kind: deal,
  fields: fieldsNamed(ruleFields(deal.fields)),
  first: { field: "amount", operator: "least", values: [] },
  legend: words.dealRows,
  examples: ["amount >= 10000.0 && next_step == null", 'status == "won"'],
};

export function watchedBy(event: string): Watched {
  return event.startsWith("deal") ? deals : leads;
}

/** A rule while it is filled in. */
export interface RuleValues extends ConditionDraft {
  display_name: string;
  event: string;
  wait: Length;
  title: string;
  description: string;
  priority: string;
  category: string;
  due: Length;
  assignee_ids: readonly string[];
  active: boolean;
}

export function valuesOfRule(rule: TaskRule | null): RuleValues {
  const event = rule?.event || "lead_changed";
  const condition = rule?.condition ?? "";
  return {
    display_name: rule?.display_name ?? "",
    event,
    condition,
    rows: readRows(watchedBy(event).fields, condition),
    wait: lengthOf(rule?.wait_minutes ?? 0),
    title: rule?.title ?? "",
    description: rule?.description ?? "",
    priority: rule?.priority || "medium",
    category: rule?.category ?? "",
    due: lengthOf(rule?.due_minutes ?? null),
    assignee_ids: rule?.assignee_ids ?? [],
    active: rule?.active ?? true,
  };
}

/**
 * The rule as the API takes it.
 *
 * @throws FieldRefusal - in words for the person, by the fields at fault
 */
export function ruleOfValues(values: RuleValues): Record<string, unknown> {
  const faults: Record<string, string> = {};
  const display_name = values.display_name.trim();
  const title = values.title.trim();
  if (display_name === "") faults["display_name"] = words.noName;
  if (title === "") faults["title"] = words.noTitle;
  const { fields } = watchedBy(values.event);
  if (values.rows?.some((row) => rowFault(fields, row) !== "") === true) faults["condition"] = settings.rule.noValues;
  const wait = minutesOf(values.wait) ?? 0;
  if (Number.isNaN(wait)) faults["wait_minutes"] = words.noNumber;
  else if (wait > year) faults["wait_minutes"] = words.tooLong;
  const due = minutesOf(values.due);
  if (due !== null && Number.isNaN(due)) faults["due_minutes"] = words.noNumber;
  else if (due !== null && due > tenYears) faults["due_minutes"] = words.dueTooLong;
  if (Object.keys(faults).length > 0) throw new FieldRefusal(faults);
  return {
    display_name,
    event: values.event,
    condition: values.condition.trim(),
    wait_minutes: wait,
    title,
    description: values.description.trim(),
    priority: values.priority,
    category: values.category,
    due_minutes: due,
    assignee_ids: values.assignee_ids,
    active: values.active,
  };
}
