import type { TaskRecurrence } from "../../core/api.generated";
import type { Weekday } from "../../core/dates";
import { startOfDay } from "../../core/periods";
import { FieldRefusal } from "../../core/problem";
import { words as all } from "../../words/taskScreens";
import { type End, firstRule, type Frequency, mostCount, mostInterval, readRule, ruleText } from "./recurring";

const words = all.recurring;

/** How a task recurs while it is filled in: numbers as typed. */
export interface RuleForm {
  kind: Frequency | "never" | "custom";
  interval: string;
  weekdays: readonly Weekday[];
  on: string;
  end: End["is"];
  count: string;
  /** `YYYY-MM-DD`; "" for none. */
  until: string;
  /** Of the kind "custom". */
  rule: string;
  next_on: "completion" | "date";
}

/** What the form first shows: the present rule, or the first suggestion for a task that does not recur. */
export function ruleForm(recurrence: TaskRecurrence | null): RuleForm {
  const rule = recurrence?.rule ?? "";
  const read = readRule(rule);
  const { frequency, interval, weekdays, on, end } = read ?? firstRule;
  return {
    kind: rule !== "" && read === null ? "custom" : frequency,
    interval: String(interval),
    weekdays,
    on,
    end: end.is,
    count: end.is === "after" ? String(end.count) : "10",
    until: end.is === "on" ? end.day : "",
    rule,
    next_on: recurrence?.next_on || "completion",
  };
}

/**
 * The rule of what was filled in; "" for a task that does not recur.
 *
 * @throws FieldRefusal - in words for the person, by the fields at fault
 */
export function ruleOfForm(form: RuleForm): string {
  const { kind, weekdays, on } = form;
  if (kind === "never") return "";
  if (kind === "custom") {
    if (form.rule.trim() === "") throw new FieldRefusal({ rule: words.noRule });
    return form.rule.trim();
  }
  const interval = numberIn(form.interval, mostInterval);
  if (interval === null) throw new FieldRefusal({ interval: words.noInterval });
  return ruleText({ frequency: kind, interval, weekdays, on, end: endOf(form) });
}

function endOf({ end, count, until }: RuleForm): End {
  if (end === "never") return { is: "never" };
  if (end === "on") {
    if (startOfDay(until) === null) throw new FieldRefusal({ until: words.noDay });
    return { is: "on", day: until };
  }
  const times = numberIn(count, mostCount);
  if (times === null) throw new FieldRefusal({ count: words.noCount });
  return { is: "after", count: times };
}

function numberIn(text: string, most: number): number | null {
  const number = /^\d{1,6}$/.test(text.trim()) ? Number(text) : 0;
  return number >= 1 && number <= most ? number : null;
}
