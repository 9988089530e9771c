import { type RefObject, useLayoutEffect, useRef } from "react";
import { usePlaceKey } from "./useAddress";

/** Scroll positions, by history entry and element. */
const scrolled = new Map<string, number>();
const limit = 200;

/**
 * Restores an element's scroll position at this entry of the history. The position stays while
 * the member moves to another entry that shows the same.
 *
 * @param name - distinguishes it from other scrolled elements of the screen
 */
export function useScrollMemory(element: RefObject<HTMLElement>, name: string): void {
  const place = usePlaceKey();
  const shown = useRef<string | null>(null);
  useLayoutEffect(() => {
    const scroller = element.current;
    if (scroller === null) return undefined;
    const key = `${place} ${name}`;
    const stays = shown.current === name;
    shown.current = name;
    const note = () => {
      scrolled.delete(key);
      scrolled.set(key, scroller.scrollTop);
      for (const oldest of scrolled.keys()) {
        if (scrolled.size <= limit) break;
        scrolled.delete(oldest);
      }
    };
    const before = scrolled.get(key);
    if (before !== undefined || !stays) scroller.scrollTop = before ?? 0;
    else note();
    scroller.addEventListener("scroll", note, { passive: true });
    return () => scroller.removeEventListener("scroll", note);
  }, [element, name, place]);
}
