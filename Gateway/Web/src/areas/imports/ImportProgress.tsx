import { useWorkspace } from "../../app/workspace";
import { formatBytes } from "../../core/format";
import { type FileImport, importObjects } from "../../core/fileImports";
import { words as all } from "../../words/imports";
import { importedKind } from "./kinds";
import type { FollowedImport } from "./useImport";

const words = all.progress;

/** The progress of an import: first the upload of its file, then its rows; or of taking it back. */
export function ImportProgress({ followed, value }: { followed: FollowedImport; value: FileImport }) {
  const { permissions } = useWorkspace();
  const { sending } = followed;
  const { state } = value;
  const isReading = sending === null && state === "IMPORT_STATE_SURVEYING";
  const percent = Math.floor(shareOf(followed, value) * 100);
  const isPaused = sending === null && state === "IMPORT_STATE_PAUSED";
  const mayCancel = permissions.may(`${importObjects[value.service]}.create`) && state !== "IMPORT_STATE_UNDOING";
  return (
    <section className="card" aria-label={words.name}>
      <progress {...(isReading ? {} : { max: 100, value: percent })} aria-label={words.bar} />
      <p role="status">
        {isReading ? words.reading : farOf(followed, value)}
        {!isReading && <span className="muted">{words.percent(percent)}</span>}
      </p>
      {sending === null && state === "IMPORT_STATE_RUNNING" && (
        <p className="muted">
          {value.validate_only ? words.dryHint : words.hint(importedKind(value.object).kind)}
        </p>
      )}
      {isPaused && <p className="muted">{words.paused}</p>}
      {mayCancel && (
        <div className="import-begin">
          {isPaused && (
            <button
              type="button"
              className="button button-main"
              disabled={followed.asked !== ""}
              onClick={() => followed.order("start")}
            >
              {followed.asked === "start" ? words.going : words.goOn}
            </button>
          )}
          {sending === null && state === "IMPORT_STATE_RUNNING" && (
            <button
              type="button"
              className="button"
              disabled={followed.asked !== ""}
              onClick={() => followed.order("pause")}
            >
              {words.pause}
            </button>
          )}
          <button
            type="button"
            className="button"
            disabled={followed.asked === "cancel"}
            onClick={() => followed.order("cancel")}
          >
            {all.cancel}
          </button>
        </div>
      )}
    </section>
  );
}

/** How far it is, in words. */
function farOf({ sending }: FollowedImport, value: FileImport): string {
  if (sending !== null) return words.sent(formatBytes(sending.sent), formatBytes(sending.size));
  if (value.state === "IMPORT_STATE_UNDOING") return words.undone(takenBack(value), touched(value));
  return words.rows(value.rows);
}

/** How far it is, from 0 to 1. */
function shareOf({ sending }: FollowedImport, value: FileImport): number {
  if (sending !== null) return sending.sent / Math.max(1, sending.size);
  if (value.state === "IMPORT_STATE_UNDOING") return Math.min(1, takenBack(value) / Math.max(1, touched(value)));
  // Rows are exact, once they are counted; bytes are estimated where the rows of a file were converted.
  const all = Number(value.reading?.rows ?? 0);
  if (all > 0) return Math.min(1, Number(value.rows) / all);
  return Math.min(1, Number(value.processed_bytes) / Math.max(1, Number(value.received_bytes)));
}

/** Records that were taken back, or left. */
function takenBack({ undo }: FileImport): number {
  return undo === null ? 0 : Number(undo.deleted) + Number(undo.put_back) + Number(undo.left);
}

/** Records that an import made or changed. */
export function touched({ created, updated, restored }: FileImport): number {
  return Number(created) + Number(updated) + Number(restored);
}
