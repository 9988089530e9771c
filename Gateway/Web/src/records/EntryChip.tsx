import type { CSSProperties } from "react";
import { useWorkspace } from "../app/workspace";
import { findEntry } from "../core/entries";

/** An entry of a tenant's list in the colour that the tenant gave it; plain text if the list has no colours. */
export function EntryChip({ picklist, value, within }: { picklist: string; value: string; within?: string }) {
  const { names, entries } = useWorkspace().directory;
  const tint = useEntryTint(picklist, value, within);
  const name = names.entry(picklist, value, within);
  // If a tenant colours some of a list's entries, the others are chips too.
  const hasColours = entries(picklist).some((entry) => entry.colour !== "");
  if (!hasColours) return <bdi>{name}</bdi>;
  return (
    <span className="status-chip" style={tint}>
      <span className="status-dot" aria-hidden="true" />
      <bdi className="status-name">{name}</bdi>
    </span>
  );
}

/** Sets `--tint` to an entry's colour; nothing if it has none. */
export function useEntryTint(picklist: string, value: string, within?: string): CSSProperties | undefined {
  const { entries } = useWorkspace().directory;
  const colour = findEntry(entries(picklist), value, within)?.colour ?? "";
  return colour === "" ? undefined : ({ "--tint": colour } as CSSProperties);
}
