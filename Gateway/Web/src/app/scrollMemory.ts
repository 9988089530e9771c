import { type RefObject, useLayoutEffect } from "react";
import { placeKey } from "./navigation";

/** How far things were scrolled, by the place in the history and what it was. */
const scrolled = new Map<string, number>();
const limit = 200;

/**
 * Lets an element come back as far scrolled as it was at this place of the history.
 *
 * @param name - tells it from other scrolled things of the screen
 */
export function useScrollMemory(element: RefObject<HTMLElement>, name: string): void {
  useLayoutEffect(() => {
    const scroller = element.current;
    if (scroller === null) return undefined;
    const key = `${placeKey()} ${name}`;
    scroller.scrollTop = scrolled.get(key) ?? 0;
    const note = () => {
      scrolled.delete(key);
      scrolled.set(key, scroller.scrollTop);
      for (const oldest of scrolled.keys()) {
        if (scrolled.size <= limit) break;
        scrolled.delete(oldest);
      }
    };
    scroller.addEventListener("scroll", note, { passive: true });
    return () => scroller.removeEventListener("scroll", note);
  }, [element, name]);
}
