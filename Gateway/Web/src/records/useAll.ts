import { useCallback, useEffect, useState } from "react";
import { useWorkspace } from "../app/workspace";
import { isAbort } from "../core/client";
import * as json from "../core/json";
import type { Rec, RecordKind } from "../core/recordKind";

/** All records of a kind of which a tenant has few, kept current. */
export interface AllRecords {
  /** Null until they are loaded. */
  rows: readonly Rec[] | null;
  error: unknown;
  reload: () => void;
}

export function useAll(kind: RecordKind): AllRecords {
  const { records, store } = useWorkspace();
  const [rows, setRows] = useState<readonly Rec[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => {
    const abort = new AbortController();
    const asked = store.ask();
    records.client.get(kind.api, { page_size: 1000 }, abort.signal).then(
      (raw) => {
        const all = json.list(json.object(raw)[kind.rows], kind.decode);
        store.take(kind, all, null, asked);
        setRows(all);
        setError(null);
      },
      (failure: unknown) => {
        if (!isAbort(failure)) setError(failure);
      },
    );
    return () => abort.abort();
  }, [records, store, kind, turn]);
  useEffect(() => store.listen(kind.object, reload), [store, kind, reload]);
  return { rows, error, reload };
}
