import { useContext, useEffect, useRef } from "react";
import { useWorkspace } from "../../app/workspace";
import type { TimelineEntry } from "../../core/api.generated";
import { today } from "../../core/dates";
import { mostIds } from "../../core/recordApi";
import type { Rec, RecordKind } from "../../core/recordKind";
import { SectionLevel } from "../../parts/Section";
import { useClock } from "../../parts/useClock";
import { task } from "../tasks/task";
import { StoryEntry } from "./StoryEntry";
import { daysOf, keyOf } from "./timeline";

interface Props {
  kind: RecordKind;
  record: Rec;
  entries: readonly TimelineEntry[];
}

/** The entries of a timeline under the days on which they were. */
export function TimelineDays({ kind, record, entries }: Props) {
  useClock(today);
  useTasks(entries, record.id);
  const Heading = useContext(SectionLevel) === 2 ? "h3" : "h4";
  return (
    <>
      {daysOf(entries, new Date()).map(({ day, title, entries: told }) => (
        <div key={day} className="story-day">
          <Heading id={`day-${day}`}>{title}</Heading>
          <ol className="timeline" aria-labelledby={`day-${day}`}>
            {told.map((entry) => (
              <StoryEntry key={keyOf(entry, record.id)} kind={kind} record={record} entry={entry} />
            ))}
          </ol>
        </div>
      ))}
    </>
  );
}

/** Requests the tasks of a timeline that are not known yet, so that they can be completed there. */
function useTasks(entries: readonly TimelineEntry[], about: string): void {
  const { records, store, permissions } = useWorkspace();
  const asked = useRef(new Set<string>());
  useEffect(() => {
    if (!permissions.may("task.read")) return;
    const ids = entries.filter(({ kind, record_id }) => kind === "task" && record_id !== about);
    const missing = [...new Set(ids.map(({ record_id }) => record_id))]
      .filter((id) => !store.isWhole(id) && !asked.current.has(id))
      .slice(0, mostIds);
    if (missing.length === 0) return;
    for (const id of missing) asked.current.add(id);
    // Without them, they are links.
    records.refresh(task, missing, null).catch(() => undefined);
  }, [entries, about, records, store, permissions]);
}
