import { useWorkspace } from "../../app/workspace";
import { formatBytes } from "../../core/format";
import { type FileImport, importObjects } from "../../core/fileImports";
import { words as all } from "../../words/imports";
import { importedKind } from "./kinds";
import type { FollowedImport } from "./useImport";

const words = all.progress;

/** The progress of an import: first the upload of its file, then its rows. */
export function ImportProgress({ followed, value }: { followed: FollowedImport; value: FileImport }) {
  const { permissions } = useWorkspace();
  const { sending } = followed;
  const share = sending === null ? processedShare(value) : sending.sent / Math.max(1, sending.size);
  const percent = Math.floor(share * 100);
  const far =
    sending === null
      ? words.rows(value.rows)
      : words.sent(formatBytes(sending.sent), formatBytes(sending.size));
  return (
    <section className="card" aria-label={words.name}>
      <progress max={100} value={percent} aria-label={words.bar} />
      <p role="status">
        {far}
        <span className="muted">{words.percent(percent)}</span>
      </p>
      {sending === null && (
        <p className="muted">
          {value.validate_only ? words.dryHint : words.hint(importedKind(value.object).kind)}
        </p>
      )}
      {permissions.may(`${importObjects[value.service]}.create`) && (
        <button type="button" className="button import-cancel" onClick={followed.cancel}>
          {all.cancel}
        </button>
      )}
    </section>
  );
}

function processedShare(value: FileImport): number {
  const received = Number(value.received_bytes);
  return received === 0 ? 0 : Number(value.processed_bytes) / received;
}
