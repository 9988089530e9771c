import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

interface Removal<E> {
  /** The element that has the entries, and after them the button that adds one. */
  list: RefObject<E>;
  /** Called when an entry is removed, with its place. */
  removed: (place: number) => void;
}

/**
 * Where focus goes when an entry is removed by its own button, which is gone then: to that button of the entry in its
 * place, or of the last one, or to the button that adds one. Buttons that remove have `data-remove`.
 */
export function useRemoval<E extends HTMLElement>(): Removal<E> {
  const list = useRef<E>(null);
  const [gone, setGone] = useState<{ place: number } | null>(null);
  useEffect(() => {
    if (gone === null || list.current === null) return;
    const all = [...list.current.querySelectorAll<HTMLElement>("button")];
    const removing = all.filter((each) => each.dataset["remove"] !== undefined);
    (removing[gone.place] ?? removing.at(-1) ?? all.at(-1))?.focus();
  }, [gone]);
  return { list, removed: useCallback((place) => setGone({ place }), []) };
}
