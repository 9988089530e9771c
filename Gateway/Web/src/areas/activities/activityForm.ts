import { draftOf, type Drafts, filledIn } from "../../core/fieldDraft";
import type { Field } from "../../core/fields";
import { FieldRefusal } from "../../core/problem";
import type { Rec } from "../../core/recordKind";
import { words as all } from "../../words/activityScreens";
import { activity, asActivity } from "./activity";

const words = all.refusals;

/** What people log by hand; the other types are those of what services write. */
export const logged = ["note", "call", "email", "meeting"] as const;

export type Logged = (typeof logged)[number];

export function isLogged(type: string): type is Logged {
  return (logged as readonly string[]).includes(type);
}

/** The rows of the form for each type. */
const rows: Readonly<Record<Logged, readonly (readonly string[])[]>> = {
  note: [["text"]],
  call: [["outcome"], ["seconds"], ["time"], ["text"]],
  email: [["subject"], ["time"], ["text"]],
  meeting: [
    ["subject"],
    ["time"],
    ["time_zone", "seconds"],
    ["place"],
    ["attendee_ids"],
    ["state", "reminder_minutes"],
    ["text"],
  ],
};

/** As a form has them: what is left empty is set by the service. */
const fields = new Map([...activity.fields].map(([name, field]) => [name, { ...field, required: false }]));

/** The fields of a form, row by row. */
export function formRows(type: Logged, besides: readonly string[] = []): readonly (readonly Field[])[] {
  const named = (names: readonly string[]) => names.flatMap((name) => fields.get(name) ?? []);
  return [...rows[type], ...besides.map((name) => [name])].map(named);
}

/** What the form shows for a record, or for values to begin with. */
export function activityDrafts(
  type: Logged,
  values: Readonly<Record<string, unknown>>,
  besides: readonly string[] = [],
): Drafts {
  const shown = formRows(type, besides).flat();
  return Object.fromEntries(shown.map((field) => [field.name, draftOf(field, values[field.name])]));
}

/** A meeting is planned for the next full hour, by the reader's clocks. */
export function firstValues(type: Logged, now: Date, zone: string): Readonly<Record<string, unknown>> {
  if (type !== "meeting") return {};
  const hour = 60 * 60 * 1000;
  const next = new Date(Math.ceil((now.getTime() + 1) / hour) * hour);
  return { time: next.toISOString().replace(".000Z", "Z"), time_zone: zone };
}

/**
 * An activity that was filled in. One that is not logged with a record names one, or says something.
 *
 * @throws FieldRefusal - in words for the person, by the fields at fault
 */
export function activityValues(
  type: Logged,
  drafts: Drafts,
  besides: readonly string[] = [],
): Record<string, unknown> {
  const values = filledIn(formRows(type, besides).flat(), drafts);
  if (type === "note" && values["text"] === undefined) throw new FieldRefusal({ text: words.empty });
  const says = ["related", "subject", "text"].some((name) => values[name] !== undefined);
  if (besides.includes("related") && !says) throw new FieldRefusal({ related: words.aboutNothing });
  return { ...values, type };
}

/**
 * What was changed in the form of an activity; null clears a field.
 *
 * @throws FieldRefusal - in words for the person, by the fields at fault
 */
export function changedValues(
  record: Rec,
  type: Logged,
  drafts: Drafts,
  besides: readonly string[] = [],
): Record<string, unknown> {
  const { subject } = asActivity(record);
  const values = filledIn(formRows(type, besides).flat(), drafts);
  if (type === "note" && subject === "" && values["text"] === undefined) throw new FieldRefusal({ text: words.empty });
  // What was not touched stays as it is, even where its control shows less of it.
  const before = activityDrafts(type, record, besides);
  const touched = Object.keys(before).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(drafts[name]));
  return Object.fromEntries(touched.map((name) => [name, values[name] ?? null]));
}

/** Reminders that are offered, in minutes before a meeting begins. */
export const usualReminders: readonly number[] = [0, 5, 15, 30, 60, 24 * 60];
