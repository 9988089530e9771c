import { useWorkspace } from "../../app/workspace";
import { formatBytes, formatInt64 } from "../../core/format";
import type { Import } from "../../core/types";
import type { FollowedImport } from "./useImport";

/** How far an import is: first its file's way here, then its rows. */
export function ImportProgress({ followed, value }: { followed: FollowedImport; value: Import }) {
  const { permissions } = useWorkspace();
  const { sending } = followed;
  const share = sending === null ? processedShare(value) : sending.sent / Math.max(1, sending.size);
  const percent = Math.floor(share * 100);
  const words =
    sending === null
      ? `${formatInt64(value.rows)} rows worked through`
      : `${formatBytes(sending.sent)} of ${formatBytes(sending.size)} sent`;
  return (
    <section className="card" aria-label="Progress">
      <progress max={100} value={percent} aria-label="Import progress" />
      <p role="status">
        {words}
        <span className="muted"> · {percent} %</span>
      </p>
      {sending === null && (
        <p className="muted">
          It goes on by itself when you leave this page. Leads appear as they are created.
        </p>
      )}
      {permissions.may("import.create") && (
        <button type="button" className="button import-cancel" onClick={followed.cancel}>
          Cancel import
        </button>
      )}
    </section>
  );
}

function processedShare(value: Import): number {
  const received = Number(value.received_bytes);
  return received === 0 ? 0 : Number(value.processed_bytes) / received;
}
