import type { Field } from "../../core/fields";
import { fieldText } from "../../core/fieldText";
import { exactTime } from "../../core/format";
import { useWorkspace } from "../../app/workspace";
import type { Rec } from "../../core/recordKind";
import { Time } from "../../parts/Time";
import { Tooltip } from "../../parts/Tooltip";
import { useClock } from "../../parts/useClock";
import { giveFace } from "../../records/faces";
import { words } from "../../words/activityScreens";
import { dueText, timeThere } from "../tasks/dueTimes";
import { activity, asActivity } from "./activity";
import { reminderWords } from "./ActivityFields";
import { EntryIcon } from "./EntryIcon";

/** What it is, with its picture. */
function Type({ record, field }: { record: Rec; field: Field }) {
  const { names } = useWorkspace().directory;
  return (
    <span className="activity-type">
      <EntryIcon kind={asActivity(record).type} />
      {fieldText(field, record[field.name], names)}
    </span>
  );
}

/** When it was; a meeting, for which people have to be there, by day and hour. */
function When({ record }: { record: Rec }) {
  const { time, type } = asActivity(record);
  const text = useClock((now) => dueText(time, now));
  if (type !== "meeting" || time === "") return <Time at={time} />;
  return (
    <Tooltip text={exactTime(time)}>
      <time dateTime={time}>{text}</time>
    </Tooltip>
  );
}

function cell(record: Rec, field: Field) {
  if (field.name === "time") return <When record={record} />;
  return field.name === "type" ? <Type record={record} field={field} /> : undefined;
}

/** A meeting's time also by the clocks by which it was arranged. */
function value(record: Rec, field: Field) {
  const { time, time_zone, reminder_minutes } = asActivity(record);
  if (field.name === "reminder_minutes" && reminder_minutes !== null) return reminderWords(reminder_minutes);
  const there = field.name === "time" ? timeThere(time, time_zone) : "";
  if (there === "") return cell(record, field);
  return (
    <>
      <When record={record} />
      <span className="fact-note muted">{words.form.there(there, time_zone.replace(/_/g, " "))}</span>
    </>
  );
}

const ofMeetings = ["state", "place", "attendee_ids", "time_zone", "reminder_minutes"];

/** Only a meeting has a place and the like, and nothing comes of a note. */
function hides(record: Rec, { name }: Field): boolean {
  const { type } = asActivity(record);
  if (ofMeetings.includes(name)) return type !== "meeting";
  return type === "note" && ["outcome", "seconds"].includes(name);
}

giveFace(activity, { value, cell, hides });
