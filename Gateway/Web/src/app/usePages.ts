import { useCallback, useEffect, useState } from "react";
import type { Page } from "../core/types";

/** A list shown page by page, as far as requested. */
export interface Pages<T> {
  /** Null until the first page arrives. */
  rows: T[] | null;
  hasMore: boolean;
  error: unknown;
  /** Loads the next page; after a failure the same one again. */
  more: () => void;
}

/** Loads the first page when it is first shown and when `load` changes. `load` must be stable. */
export function usePages<T>(load: (token: string) => Promise<Page<T>>): Pages<T> {
  const [rows, setRows] = useState<T[] | null>(null);
  const [next, setNext] = useState("");
  const [error, setError] = useState<unknown>(null);

  const take = useCallback(
    (token: string) => {
      setError(null);
      load(token).then((page) => {
        setRows((before) => (token === "" ? page.rows : [...(before ?? []), ...page.rows]));
        setNext(page.next);
      }, setError);
    },
    [load],
  );
  useEffect(() => take(""), [take]);
  return { rows, hasMore: next !== "", error, more: () => take(next) };
}
