import { useId, useRef, useState } from "react";
import { useWorkspace } from "../app/workspace";
import { choosable, entriesFor } from "../core/entries";
import { type Field, isFilled } from "../core/fields";
import type { Rec, RecordKind } from "../core/recordKind";
import { Tick } from "../parts/Tick";
import { useChoice } from "../parts/useChoice";
import { words } from "../words/editing";
import { useEntryTint } from "./EntryChip";
import { FactValue, useTick } from "./Fact";
import { useFace } from "./faces";
import { useGivingAway } from "./GivingAway";
import { withinOf } from "./FieldView";
import { useFieldSaving } from "./useFieldSaving";

interface Props {
  kind: RecordKind;
  record: Rec;
  mayEdit: boolean;
}

/** The facts at the top of a record: its stage or status, and its owner. */
export function KeyFacts({ kind, record, mayEdit }: Props) {
  const givingAway = useGivingAway(kind, record);
  const face = useFace(kind);
  const isHidden = (field: Field) => !isFilled(record[field.name]) && face.hides?.(record, field) === true;
  return (
    <div className="record-keys">
      {kind.keys.filter((field) => !isHidden(field)).map((field) =>
        field.kind === "picklist" ? (
          <PicklistKey key={field.name} {...{ kind, record, field, mayEdit }} />
        ) : (
          <div key={field.name} className="key">
            <span className="key-label">{field.label}</span>
            <span className="key-value">
              <FactValue
                kind={kind}
                record={record}
                field={field}
                mayEdit={mayEdit}
                view={face.value?.(record, field)}
                {...(field.name === kind.owner ? { mayTake: givingAway.ask } : {})}
              />
            </span>
          </div>
        ),
      )}
      {givingAway.question}
    </div>
  );
}

/** An entry of a list, changed in one step. */
function PicklistKey({ kind, record, field, mayEdit }: Props & { field: Field }) {
  const { directory, session } = useWorkspace();
  const save = useFieldSaving(kind);
  const [reason, setReason] = useState("");
  const [isSaved, markSaved] = useTick();
  const id = useId();
  const picklist = field.picklist ?? "";
  const value = String(record[field.name] ?? "");
  const { within } = withinOf(field, record);
  const tint = useEntryTint(picklist, value, within);
  // A member who lost the right while the page was open is told why, instead of the control
  // disappearing under the pointer.
  const wasOffered = useRef(false);
  if (mayEdit) wasOffered.current = true;
  const isLocked = !mayEdit && wasOffered.current && kind.locked(record) === "";

  const take = async (chosen: string) => {
    if (isLocked) {
      setReason(words.saving.lostRight(session.member.display_name));
      return;
    }
    setReason("");
    const outcome = await save(record.id, field, chosen, value);
    if (outcome.is === "saved" && chosen !== value) markSaved();
    if (outcome.is === "refused" && outcome.isGivenUp !== true) setReason(outcome.reason);
    if (outcome.is === "overtaken") setReason(words.saving.overtaken);
  };
  const choice = useChoice(value, (chosen) => void take(chosen));
  const entries = choosable(
    entriesFor(field, directory.entries(picklist), record),
    (key) => key === value,
  );
  const isKnown = entries.some((entry) => entry.key === value);
  return (
    <div className="key" onKeyDownCapture={(event) => event.key === "Escape" && setReason("")}>
      <span className="key-label">
        <label htmlFor={id}>{field.label}</label>
        <Tick is={isSaved ? "saved" : "idle"} />
      </span>
      {mayEdit || isLocked ? (
        <select
          id={id}
          className="input status-select"
          style={tint}
          aria-invalid={reason !== "" || undefined}
          {...choice}
        >
          {!isKnown && <option value={value}>{directory.names.entry(picklist, value, within)}</option>}
          {entries.map((entry) => (
            <option key={entry.key} value={entry.key}>
              {entry.display_name}
            </option>
          ))}
        </select>
      ) : (
        <span id={id} className="key-value">
          <FactValue kind={kind} record={record} field={field} mayEdit={false} />
        </span>
      )}
      {reason !== "" && (
        <span className="field-error" role="alert">
          {reason}
        </span>
      )}
    </div>
  );
}
