import { type ReactNode, useState } from "react";
import { kindOf } from "../../app/areas";
import { useWorkspace } from "../../app/workspace";
import type { TimelineEntry } from "../../core/api.generated";
import { durationText } from "../../core/durations";
import { wordsOf } from "../../core/fields";
import { exactTime, locale, relativeTime } from "../../core/format";
import { dayAndTime, writtenTime } from "../../core/moments";
import { today } from "../../core/dates";
import { type Rec, recordAddress, type RecordKind } from "../../core/recordKind";
import { Link } from "../../parts/Link";
import { Tooltip } from "../../parts/Tooltip";
import { useClock } from "../../parts/useClock";
import { useFace } from "../../records/faces";
import { ToldChanges, actorName, worthTelling } from "../../records/Timeline";
import { useKnown } from "../../records/useRecord";
import { words as history } from "../../words/records";
import { words } from "../../words/timeline";
import { dueText } from "../tasks/dueTimes";
import { task } from "../tasks/task";
import { TaskRow } from "../tasks/TaskRow";
import { activity } from "./activity";
import { ActivityMenu } from "./ActivityMenu";
import { EntryIcon } from "./EntryIcon";
import { isLong, partOf } from "./timeline";

interface Props {
  kind: RecordKind;
  record: Rec;
  entry: TimelineEntry;
}

/** An entry of a timeline: who did what and when, and what there is to know of it. */
export function StoryEntry({ kind, record, entry }: Props) {
  const part = partOf(entry, record.id);
  if (part === "history") return <ChangeEntry kind={kind} record={record} entry={entry} />;
  if (part === "tasks") return <TaskEntry about={record.id} entry={entry} />;
  return <ActivityEntry entry={entry} />;
}

interface FrameProps {
  entry: TimelineEntry;
  /** What was done, after who did it. */
  did: ReactNode;
  /** At the end of the line. */
  menu?: ReactNode;
  children?: ReactNode;
}

function Frame({ entry, did, menu, children }: FrameProps) {
  const { names } = useWorkspace().directory;
  const behalf = entry.on_behalf_of === "" ? "" : names.record(entry.on_behalf_of);
  return (
    <li className="story-entry">
      <span className="story-icon">
        <EntryIcon kind={entry.kind} />
      </span>
      <div>
        <p>
          <strong>
            <bdi>{actorName(entry.actor, names.record)}</bdi>
          </strong>{" "}
          {behalf !== "" && `${history.history.onBehalfOf(behalf)} `}
          {did}{" "}
          <span className="muted">
            <Moment at={entry.time} />
          </span>
        </p>
        {children}
      </div>
      {menu}
    </li>
  );
}

/** Of today, how long ago; of another day, which the heading says, the time of day. */
function Moment({ at }: { at: string }) {
  const text = useClock((now) => {
    const isToday = today(new Date(at)) === today(now) && new Date(at) <= now;
    return isToday ? relativeTime(at, now) : writtenTime(dayAndTime(at).time, locale);
  });
  return (
    <Tooltip text={exactTime(at)}>
      <time dateTime={at}>{text}</time>
    </Tooltip>
  );
}

/** A change of the record, from what to what. */
function ChangeEntry({ kind, record, entry }: Props) {
  const face = useFace(kind);
  const event = entry.data?.event ?? "";
  const changes = worthTelling(kind, face, entry.data?.changes ?? [], event === "created");
  if (event === "updated" && changes.length === 0) return null;
  const by = entry.kind === "status_change" ? (face.cameBy?.(entry.data?.changes ?? []) ?? "") : "";
  return (
    <Frame entry={entry} did={didTo(by || event)}>
      <ToldChanges kind={kind} record={record} changes={changes} />
    </Frame>
  );
}

/** "changed it": what was done to a record, by the name of the event. */
function didTo(event: string): string {
  const { actions } = history.history;
  const verb = ["", "d", "ed"]
    .filter((ending) => event.endsWith(ending))
    .map((ending) => actions[event.slice(0, event.length - ending.length)])
    .find((found) => found !== undefined);
  return words.did.change[event] ?? verb ?? wordsOf(event).toLowerCase();
}

/** A task that was added, with its check, or one that was completed. */
function TaskEntry({ about, entry }: { about: string; entry: TimelineEntry }) {
  const { record_id: id, text, data } = entry;
  const known = useKnown(id);
  const event = data?.event ?? "";
  const due = useClock((now) => dueText(data?.due_time ?? "", now));
  const isAddition = event === "created";
  return (
    <Frame entry={entry} did={words.did.task[event] ?? words.did.task["created"]}>
      {isAddition && known !== undefined ? (
        <TaskRow record={known} about={about} />
      ) : (
        <p className={isAddition ? "task-row" : undefined}>
          <Link to={recordAddress(task, id)}>
            <bdi>{text}</bdi>
          </Link>
          {isAddition && due !== "" && <span className="muted"> {words.due(due)}</span>}
        </p>
      )}
    </Frame>
  );
}

/** A call, an e-mail, a meeting or a note, or what a service logged. */
function ActivityEntry({ entry }: { entry: TimelineEntry }) {
  const { record_id: id, kind, text, data } = entry;
  const event = data?.event ?? "";
  const did = didWhat(kind, event);
  const facts = [
    data?.outcome ?? "",
    data?.seconds == null ? "" : durationText(data.seconds),
    data?.place ?? "",
  ].filter((fact) => fact !== "");
  const object = kindOf(activity.object) ?? activity;
  return (
    <Frame
      entry={entry}
      did={<Link to={recordAddress(object, id)}>{did}</Link>}
      menu={<ActivityMenu entry={entry} what={text.split("\n")[0] || did} />}
    >
      {facts.length > 0 && (
        <p className="story-facts">
          {facts.map((fact, place) => (
            <bdi key={place}>{fact}</bdi>
          ))}
        </p>
      )}
      {text !== "" && <LongText text={text} />}
    </Frame>
  );
}

function didWhat(kind: string, event: string): string {
  const { did } = words;
  switch (kind) {
    case "meeting":
      return did.meeting[event] ?? did.meeting["completed"] ?? "";
    case "call":
    case "email":
    case "note":
    case "file":
      return did[kind];
    default:
      return did.system;
  }
}

function LongText({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  const folds = isLong(text);
  return (
    <>
      <p className={`fact-lines ${folds && !isOpen ? "story-folded" : ""}`} dir="auto">
        {text}
      </p>
      {folds && (
        <button
          type="button"
          className="button-quiet"
          aria-expanded={isOpen}
          onClick={() => setOpen((before) => !before)}
        >
          {isOpen ? words.hideText : words.showText}
        </button>
      )}
    </>
  );
}
