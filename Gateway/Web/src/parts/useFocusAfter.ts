import { type RefObject, useLayoutEffect } from "react";

/** When a row goes that has the focus, the next one gets it, else the one before: a list is worked through by keys. */
export function useFocusAfter(row: RefObject<HTMLElement>, selector: string): void {
  useLayoutEffect(() => {
    const own = row.current;
    return () => {
      if (own === null || !own.contains(document.activeElement)) return;
      const all = [...document.querySelectorAll<HTMLElement>(selector)];
      const place = all.findIndex((each) => own.contains(each));
      const next = all[place + 1] ?? all[place - 1];
      // The row is still there until React has removed it; a key that is pressed right afterwards must find the focus.
      if (next !== undefined) queueMicrotask(() => next.isConnected && next.focus());
    };
  }, [row, selector]);
}
