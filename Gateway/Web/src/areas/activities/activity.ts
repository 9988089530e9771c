import { type Activity, activitySchema, decodeActivity } from "../../core/api.generated";
import { wordsOf } from "../../core/fields";
import { type Rec, type RecordKind, recordKind } from "../../core/recordKind";
import { words } from "../../words/activities";
import { words as fields } from "../../words/fields";

/** A record of this kind with the types of its fields. */
export function asActivity(record: Rec): Activity {
  return record as unknown as Activity;
}

/** As much of a text as names an activity without a subject. */
const longestTitle = 80;

/** Its subject, or how its text begins, or what it is. */
function activityTitle(record: Rec): string {
  const { subject, text, type } = asActivity(record);
  const [line = ""] = (subject || text).trim().split("\n");
  const title = line.length > longestTitle ? `${line.slice(0, longestTitle).trimEnd()}…` : line;
  return title || (fields.choices[type] ?? wordsOf(type));
}

/** Calls, meetings, e-mails and notes. */
export const activity: RecordKind = recordKind<Activity>({
  object: "activity",
  one: words.one,
  many: words.many,
  path: "activities",
  schema: activitySchema,
  decode: decodeActivity,
  lacks: ["fields", "from_end", "aggregate", "batch", "export"],
  // The service sets these in each activity.
  filled: ["time", "member_id"],
  owner: "member_id",
  participants: "attendee_ids",
  sought: ["related"],
  title: activityTitle,
  titleFields: ["subject"],
  firstList: () => ({ sort: { field: "time", falling: true } }),
  columns: [
    { id: "subject", width: 240, grow: 2, fields: ["subject", "text", "type"], view: activityTitle },
    { id: "type", width: 110 },
    { id: "time", width: 170, fields: ["time", "type"] },
    { id: "member_id", width: 150 },
    { id: "related", width: 180 },
    { id: "outcome", width: 140 },
    { id: "seconds", width: 110 },
    { id: "state", width: 110, isChosen: false },
    { id: "place", width: 140, isChosen: false },
    { id: "attendee_ids", width: 150, isChosen: false },
    ...(["create_time", "update_time"] as const).map((id) => ({ id, width: 110, grow: 0, isChosen: false })),
  ],
  keys: ["type", "state", "time", "seconds", "outcome", "member_id"],
  groups: [
    { title: words.groups.what, fields: ["subject", "text"] },
    { title: words.groups.meeting, fields: ["place", "attendee_ids", "time_zone", "reminder_minutes"] },
    { title: words.groups.about, fields: ["related"] },
  ],
  bulk: [],
  filters: ["type", "time", "member_id", "related"],
});
