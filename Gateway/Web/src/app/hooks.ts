import { useCallback, useEffect, useState } from "react";
import { isAbort } from "../core/client";
import { keep, kept } from "../core/kept";
import { words } from "../words/login";

/** Something that is loaded: `value` stays while a newer one is loading. */
export interface Loaded<T> {
  value: T | null;
  error: unknown;
  loading: boolean;
  reload: () => void;
}

/** Loads when it is first shown, when `load` changes and when asked. `load` must be stable. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ value: T | null; error: unknown; loading: boolean }>({
    value: null,
    error: null,
    loading: true,
  });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    setState((before) => ({ ...before, error: null, loading: true }));
    load(abort.signal).then(
      (value) => {
        if (!abort.signal.aborted) setState({ value, error: null, loading: false });
      },
      (error: unknown) => {
        if (!isAbort(error) && !abort.signal.aborted) {
          setState((before) => ({ ...before, error, loading: false }));
        }
      },
    );
    return () => abort.abort();
  }, [load, turn]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  return { ...state, reload };
}

/** Whether a media query matches, kept current. */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const update = () => setMatches(media.matches);
    update();
    media.addEventListener("change", update);
    return () => media.removeEventListener("change", update);
  }, [query]);
  return matches;
}

/** Up to this width, a record opened from its list is a sheet over it. */
export const sheetWidth = "(max-width: 1099px)";

/** Up to this width, the navigation shows icons until it is widened. */
export const narrowWidth = "(max-width: 1199px)";

/** Up to this width, the navigation has room for icons only. */
export const iconsWidth = "(max-width: 1023px)";

/** One column, bottom bar, sheets: the widths of phones. */
export const phoneWidth = "(max-width: 767px)";

/** The second part of the tab's title: the workspace, once a member is signed in. */
let workspace = "";

export function nameWorkspace(name: string): void {
  workspace = name;
}

function workspaceName(): string {
  return workspace || location.hostname.split(".")[0] || words.product;
}

/** Null leaves the title as it is. */
export function useTitle(title: string | null): void {
  useEffect(() => {
    if (title === null) return;
    document.title = `${title} · ${workspaceName()}`;
  }, [title]);
}

/** A value chosen on this device. */
export function useKept(key: string, otherwise: string): [string, (value: string) => void] {
  const [value, setValue] = useState(() => kept(key) ?? otherwise);
  const set = useCallback(
    (next: string) => {
      setValue(next);
      keep(key, next);
    },
    [key],
  );
  return [value, set];
}
