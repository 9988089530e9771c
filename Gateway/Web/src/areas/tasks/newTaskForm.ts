import type { Drafts } from "../../core/fieldDraft";
import { FieldRefusal } from "../../core/problem";
import { words as all } from "../../words/taskScreens";
import { ruleForm, type RuleForm, ruleOfForm } from "./recurrenceForm";

// What the form of a new task asks for besides fields with one value: a reminder, and how it recurs. Their names are
// those of no field.

/** The name of the reminder, in minutes before the task is due; "" for none. */
export const reminderName = "reminder";

/** As the form of a recurrence, with its days of the week as texts: drafts are texts. */
function draftsOf({ weekdays, ...others }: Partial<RuleForm>): Drafts {
  return { ...others, ...(weekdays === undefined ? {} : { weekdays: weekdays.map(String) }) };
}

/** What the form begins with: no reminder, and no recurrence. */
export const firstDrafts: Drafts = { ...draftsOf({ ...ruleForm(null), kind: "never" }), [reminderName]: "" };

/** What is filled in of a recurrence. */
export function ruleIn(drafts: Drafts): RuleForm {
  const { kind, interval, on, end, count, until, rule, next_on } = drafts as unknown as RuleForm;
  const weekdays = (drafts["weekdays"] as string[]).map(Number) as unknown as RuleForm["weekdays"];
  return { kind, interval, weekdays, on, end, count, until, rule, next_on };
}

/** A change of the recurrence, as one of the drafts. */
export const ruleChange = draftsOf;

/**
 * The values of a new task that are filled in besides its fields.
 *
 * @param zone - the reader's, in which a task that recurs is due each time
 * @throws FieldRefusal - in words for the person, by the fields at fault
 */
export function valuesBesides(drafts: Drafts, zone: string): Record<string, unknown> {
  const form = ruleIn(drafts);
  const rule = ruleOfForm(form);
  const reminder = String(drafts[reminderName] ?? "");
  if (drafts["due_time"] === "" && rule !== "") throw new FieldRefusal({ due_time: all.form.dueToRecur });
  if (drafts["due_time"] === "" && reminder !== "") throw new FieldRefusal({ due_time: all.form.dueToRemind });
  return {
    ...(reminder === "" ? {} : { reminders: [{ minutes: Number(reminder) }] }),
    ...(rule === "" ? {} : { recurrence: { rule, next_on: form.next_on }, due_time_zone: zone }),
  };
}
