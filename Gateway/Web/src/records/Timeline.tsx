import { useCallback, useEffect, useRef, useState } from "react";
import { useWorkspace } from "../app/workspace";
import { isAbort } from "../core/client";
import type { FieldChange, HistoryEntry } from "../core/api.generated";
import { historyText } from "../core/fieldText";
import type { Rec, RecordKind } from "../core/recordKind";
import { wordsOf } from "../core/fields";
import { ApiError } from "../core/problem";
import { isStandard } from "../core/standardFields";
import { toldChanges } from "../core/toldChanges";
import { Failure } from "../parts/Failure";
import { Section } from "../parts/Section";
import { Time } from "../parts/Time";
import { Waiting } from "../parts/Waiting";
import { words as all } from "../words/records";
import { type Face, useFace } from "./faces";
import { withinOf } from "./FieldView";

const words = all.history;

interface Props {
  kind: RecordKind;
  record: Rec;
}

/** What happened to a record, newest first: who changed what, from what to what. */
export function Timeline({ kind, record }: Props) {
  const { entries, error, next, more, reload } = useHistory(kind, record);
  // Who may read a record may not see what happened to it: a colleague's meeting that one takes part in.
  if (error instanceof ApiError && error.isMissing) return null;
  return (
    <Section title={words.title}>
      {entries === null && error === null && <Waiting lines={4} />}
      <ol className="timeline">
        {entries?.map((entry, place) => (
          <TimelineEntry key={`${entry.time} ${place}`} kind={kind} record={record} entry={entry} />
        ))}
      </ol>
      {error !== null && <Failure error={error} retry={reload} />}
      {next !== "" && error === null && (
        <button type="button" className="button-quiet" onClick={more}>
          {words.more}
        </button>
      )}
    </Section>
  );
}

/** The history, requested again whenever the record changes. */
function useHistory(kind: RecordKind, record: Rec) {
  const { records } = useWorkspace();
  const [entries, setEntries] = useState<readonly HistoryEntry[] | null>(null);
  const [next, setNext] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const { id, etag } = record;
  /** Identifies the first page that is shown, so that a later page of an older history is not appended to it. */
  const first = useRef(0);
  useEffect(() => {
    const abort = new AbortController();
    records.history(kind, id, "", abort.signal).then(
      (page) => {
        first.current += 1;
        setEntries(page.entries);
        setNext(page.next);
        setError(null);
      },
      (failure: unknown) => {
        if (!isAbort(failure)) setError(failure);
      },
    );
    return () => abort.abort();
  }, [records, kind, id, etag, turn]);
  const more = useCallback(() => {
    const before = first.current;
    records.history(kind, id, next).then((page) => {
      if (first.current !== before) return;
      setEntries((before) => [...(before ?? []), ...page.entries]);
      setNext(page.next);
    }, setError);
  }, [records, kind, id, next]);
  return { entries, error, next, more, reload: () => setTurn((before) => before + 1) };
}

interface EntryProps {
  kind: RecordKind;
  record: Rec;
  entry: HistoryEntry;
}

function TimelineEntry({ kind, record, entry }: EntryProps) {
  const { names } = useWorkspace().directory;
  const face = useFace(kind);
  const changes = worthTelling(kind, face, entry.changes, entry.action === "create");
  if (entry.action === "update" && changes.length === 0) return null;
  const actor = actorName(entry.actor, names.record);
  const behalf = entry.on_behalf_of === "" ? "" : names.record(entry.on_behalf_of);
  return (
    <li className="timeline-entry">
      <p>
        <strong>
          <bdi>{actor}</bdi>
        </strong>{" "}
        {behalf !== "" && `${words.onBehalfOf(behalf)} `}
        {words.actions[entry.action] ?? wordsOf(entry.action).toLowerCase()}{" "}
        <span className="muted">
          <Time at={entry.time} />
        </span>
      </p>
      <ToldChanges kind={kind} record={record} changes={changes} />
    </li>
  );
}

interface ChangesProps {
  kind: RecordKind;
  record: Rec;
  changes: readonly FieldChange[];
}

/** Changes from what to what: what people set openly, what follows from it on request. */
export function ToldChanges({ kind, record, changes }: ChangesProps) {
  const { open, folded } = toldChanges(kind, changes);
  return (
    <>
      {open.length > 0 && <Changes kind={kind} record={record} changes={open} />}
      {folded.length > 0 && (
        <details>
          <summary>{open.length === 0 ? words.fields(folded.length) : words.moreFields(folded.length)}</summary>
          <Changes kind={kind} record={record} changes={folded} />
        </details>
      )}
    </>
  );
}

function Changes({ kind, record, changes }: ChangesProps) {
  return (
    <dl className="timeline-changes">
      {changes.map((change) => (
        <Change key={change.field} kind={kind} record={record} change={change} />
      ))}
    </dl>
  );
}

function Change({ kind, record, change }: Omit<ChangesProps, "changes"> & { change: FieldChange }) {
  const { names } = useWorkspace().directory;
  const face = useFace(kind);
  const field = kind.fields.get(change.field);
  const within = field === undefined ? undefined : withinOf(field, record).within;
  const { label, before, after } = face.told?.(change) ?? {
    label: field?.label ?? wordsOf(change.field.replace(/\./g, " ")),
    before: historyText(field, change.old, names, within),
    after: historyText(field, change.new, names, within),
  };
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {before !== "" && (
          <>
            <del>
              <bdi>{before}</bdi>
            </del>{" "}
            <span aria-label={words.to}>→</span>{" "}
          </>
        )}
        {after === "" ? <span className="muted">{words.empty}</span> : <bdi>{after}</bdi>}
      </dd>
    </div>
  );
}

/** The changes that are worth showing: what follows from the rest says nothing that the rest does not. */
export function worthTelling(
  kind: RecordKind,
  face: Face,
  changes: readonly FieldChange[],
  isCreation: boolean,
): readonly FieldChange[] {
  return changes.filter((change) => {
    if (isStandard(change.field) || (isCreation && change.new === "")) return false;
    const field = kind.fields.get(change.field);
    return field?.kind !== "other" && field?.implied !== true && face.told?.(change) !== null;
  });
}

export function actorName(actor: string, name: (id: string) => string): string {
  if (actor === "system:operator") return words.operator;
  if (actor.startsWith("system:")) return words.product;
  return name(actor) || words.someone;
}
