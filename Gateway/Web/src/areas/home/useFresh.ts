import { useCallback, useRef } from "react";
import { type Loaded, useLoaded } from "../../app/hooks";
import { useNews } from "../../app/useNews";

/**
 * Loads something, and again when records change. A failure stays until there is another answer, so that it does not
 * flicker while it is tried again.
 *
 * @param load - must be stable
 * @param objects - the kinds of these records, separated by blanks
 */
export function useFresh<T>(load: (signal: AbortSignal) => Promise<T>, objects: string): Loaded<T> {
  const news = useNews(objects);
  const loaded = useLoaded(useCallback((signal: AbortSignal) => load(signal), [load, news]));
  const failed = useRef<unknown>(null);
  if (!loaded.loading) failed.current = loaded.error;
  return { ...loaded, error: failed.current };
}
