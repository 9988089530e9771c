import type { CSSProperties } from "react";
import { useWorkspace } from "../app/workspace";

/** A lead's status in the tint that the tenant gave it. */
export function StatusChip({ status }: { status: string }) {
  const { names } = useWorkspace().directory;
  return (
    <span className="status-chip" style={useStatusTint(status)}>
      <span className="status-dot" aria-hidden="true" />
      <bdi className="status-name">{names.status(status)}</bdi>
    </span>
  );
}

/** Sets `--tint` to a status's colour; nothing where it has none. */
export function useStatusTint(status: string): CSSProperties | undefined {
  const { statuses } = useWorkspace().directory;
  const colour = statuses.find((each) => each.key === status)?.colour ?? "";
  return colour === "" ? undefined : ({ "--tint": colour } as CSSProperties);
}
