import { type RefObject, useEffect, useState } from "react";
import type { Viewport } from "../core/windowing";

/** The part of a scrolled element that is in sight, updated at most once a frame. */
export function useWindow(element: RefObject<HTMLElement>, rowHeight: number): Viewport {
  const [viewport, setViewport] = useState({ scrollTop: 0, height: 800 });
  useEffect(() => {
    const scroller = element.current;
    if (scroller === null) return undefined;
    let frame = 0;
    const read = () => {
      frame = 0;
      const { scrollTop, clientHeight: height } = scroller;
      setViewport((before) =>
        before.scrollTop === scrollTop && before.height === height ? before : { scrollTop, height },
      );
    };
    const later = () => {
      if (frame === 0) frame = requestAnimationFrame(read);
    };
    const sizes = new ResizeObserver(later);
    sizes.observe(scroller);
    scroller.addEventListener("scroll", later, { passive: true });
    read();
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      scroller.removeEventListener("scroll", later);
    };
  }, [element]);
  return { ...viewport, rowHeight };
}
