import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useWorkspace } from "../app/workspace";
import { isAbort } from "../core/client";
import { ApiError } from "../core/problem";
import type { Rec, RecordKind } from "../core/recordKind";

/** A record as far as it is known, kept current; undefined while it is not. */
export function useKnown(id: string | undefined): Rec | undefined {
  const { store } = useWorkspace();
  const subscribe = useCallback(
    (listener: () => void) => (id === undefined ? () => undefined : store.watch(id, listener)),
    [store, id],
  );
  const present = () => (id === undefined ? undefined : store.get(id));
  return useSyncExternalStore(subscribe, present, present);
}

/** A whole record, kept current. */
export interface OpenRecord {
  /** As it was last, if it is gone. */
  record: Rec | null;
  error: unknown;
  /** It was deleted, or the member can no longer see it. */
  isGone: boolean;
  reload: () => void;
}

export function useRecord(kind: RecordKind, id: string): OpenRecord {
  const { records, store } = useWorkspace();
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const known = useKnown(id);
  const present = known !== undefined && store.isWhole(id) ? known : null;
  const last = useRef<Rec | null>(null);
  if (last.current?.id !== id) last.current = null;
  if (present !== null) last.current = present;

  useEffect(() => {
    const abort = new AbortController();
    setError(null);
    records.get(kind, id, abort.signal).catch((failure: unknown) => {
      if (isAbort(failure)) return;
      setError(failure);
      if (failure instanceof ApiError && failure.isMissing) store.remove(kind.object, id);
    });
    return () => abort.abort();
  }, [records, store, kind, id, turn]);

  // A list may be the first to show that a record changed: then the rest of it is requested.
  const changedTo = store.isStale(id) ? known?.etag : undefined;
  useEffect(() => {
    if (changedTo === undefined) return undefined;
    const abort = new AbortController();
    // If this fails, the next change requests it again.
    records.get(kind, id, abort.signal).catch(() => undefined);
    return () => abort.abort();
  }, [records, kind, id, changedTo]);

  const reload = useCallback(() => setTurn((before) => before + 1), []);
  return {
    record: last.current,
    error: last.current === null ? error : null,
    isGone: last.current !== null && known === undefined,
    reload,
  };
}
