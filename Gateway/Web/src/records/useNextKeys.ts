import { useEffect, useSyncExternalStore } from "react";
import type { RecordList } from "../core/recordList";

export interface Neighbours {
  previous: string | null;
  next: string | null;
}

const nowhere = { subscribe: () => () => undefined, view: () => null };

/** The records before and after one in its list; J opens the next, K the previous one. */
export function useNextKeys(
  list: RecordList | null,
  id: string,
  open: (id: string) => void,
): Neighbours {
  const source = list ?? nowhere;
  useSyncExternalStore<unknown>(source.subscribe, source.view);
  const row = list?.row(id) ?? -1;
  const at = (place: number) => (row < 0 ? null : (list?.id(place) ?? null));
  const previous = at(row - 1);
  const next = at(row + 1);
  useEffect(() => {
    // The row after the last known one is loaded before it is needed.
    if (row >= 0) list?.wantToo(Math.max(0, row - 1), row + 2);
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const isTyping =
        event.target instanceof Element &&
        event.target.closest("input, textarea, select, [role=combobox], dialog, [role=menu]") !== null;
      const target = event.key === "j" ? next : event.key === "k" ? previous : null;
      if (isTyping || target === null) return;
      event.preventDefault();
      open(target);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [list, row, previous, next, open]);
  return { previous, next };
}
