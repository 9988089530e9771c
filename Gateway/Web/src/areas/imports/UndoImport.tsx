import { useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { type FileImport, importObjects } from "../../core/fileImports";
import { hasEnded } from "../../core/importWork";
import { Dialog } from "../../parts/Dialog";
import { useClock } from "../../parts/useClock";
import { words as parts } from "../../words/parts";
import { words as all } from "../../words/imports";
import { Count } from "./ImportResult";
import { touched } from "./ImportProgress";
import { importedKind } from "./kinds";

const words = all.undo;

/** Days after its end within which an import can be undone. */
const undoDays = 30;
const day = 86_400_000;

/** The field of kinds that are archived instead of deleted. */
const archived = "archived";

/** How many days an import can still be undone; 0 if it cannot. */
export function daysToUndo(value: FileImport, now: Date): number {
  const { state, validate_only, end_time } = value;
  if (!hasEnded(state) || state === "IMPORT_STATE_UNDONE" || validate_only || touched(value) === 0) return 0;
  const since = (now.getTime() - Date.parse(end_time)) / day;
  return Number.isFinite(since) ? Math.max(0, Math.ceil(undoDays - since)) : 0;
}

interface Props {
  value: FileImport;
  undo: () => void;
  /** Whether it was asked for, and has not begun. */
  isAsked: boolean;
}

/** Takes back a whole import, after it has said what that touches. */
export function UndoImport({ value, undo, isAsked }: Props) {
  const { permissions } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const days = Number(useClock((now) => String(daysToUndo(value, now))));
  if (days === 0 || !permissions.may(`${importObjects[value.service]}.create`)) return null;
  const { kind } = importedKind(value.object);
  const { created, updated, restored } = value;
  return (
    <>
      <button type="button" className="button" disabled={isAsked} onClick={() => setOpen(true)}>
        {words.button}
      </button>
      {isOpen && (
        <Dialog title={words.title} onClose={() => setOpen(false)}>
          <div className="dialog-content">
            <ul>
              {created !== "0" && <li>{words.created(created, kind, kind.fields.has(archived))}</li>}
              {updated !== "0" && <li>{words.updated(updated, kind)}</li>}
              {restored !== "0" && <li>{words.restored(restored, kind)}</li>}
              <li>{words.left}</li>
            </ul>
            <p className="muted">{words.until(days)}</p>
            <div className="dialog-foot">
              <button type="button" className="button" onClick={() => setOpen(false)}>
                {parts.dialog.cancel}
              </button>
              <button
                type="button"
                className="button button-main"
                onClick={() => {
                  setOpen(false);
                  undo();
                }}
              >
                {words.confirm}
              </button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** What became of the records of an import that was undone. */
export function UndoResult({ value }: { value: FileImport }) {
  const { undo, state } = value;
  if (undo === null || state !== "IMPORT_STATE_UNDONE") return null;
  const { kind } = importedKind(value.object);
  return (
    <>
      <dl className="counts" aria-label={words.result}>
        <Count label={kind.fields.has(archived) ? words.archived : words.deleted} count={undo.deleted} note={words.deletedNote(kind)} />
        <Count label={words.putBack} count={undo.put_back} note={words.putBackNote(kind)} />
        <Count label={words.leftCount} count={undo.left} note={words.leftNote(kind)} />
      </dl>
      {undo.left !== "0" && <p className="form-note">{words.leftHint(kind)}</p>}
      <h2>{words.before}</h2>
    </>
  );
}
