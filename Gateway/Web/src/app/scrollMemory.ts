import { type RefObject, useLayoutEffect, useRef } from "react";
import { usePlaceKey } from "./useAddress";

/** How far things were scrolled, by the place in the history and what it was. */
const scrolled = new Map<string, number>();
const limit = 200;

/**
 * Lets an element come back as far scrolled as it was at this place of the history. It stays where it is
 * while one moves to another place that shows the same.
 *
 * @param name - tells it from other scrolled things of the screen
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
