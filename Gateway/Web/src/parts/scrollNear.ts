import { scrollStep } from "../core/sorting";

/**
 * Scrolls the container of an element while something is held near its edge.
 *
 * @param moved - called after each step
 * @returns a function that ends it
 */
export function scrollNear(
  element: HTMLElement | null,
  at: { clientX: number; clientY: number },
  moved: () => void,
): () => void {
  const down = scrollParent(element, "overflowY");
  const across = scrollParent(element, "overflowX");
  let frame = 0;
  const step = () => {
    const before = down.scrollTop + across.scrollLeft;
    const high = visible(down);
    const wide = visible(across);
    down.scrollTop += scrollStep(at.clientY, high.top, high.bottom);
    across.scrollLeft += scrollStep(at.clientX, wide.left, wide.right);
    if (down.scrollTop + across.scrollLeft === before) return;
    moved();
    frame = requestAnimationFrame(step);
  };
  frame = requestAnimationFrame(step);
  return () => cancelAnimationFrame(frame);
}

function scrollParent(element: HTMLElement | null, axis: "overflowX" | "overflowY"): Element {
  for (let each = element; each !== null; each = each.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(each)[axis])) return each;
  }
  return document.scrollingElement ?? document.documentElement;
}

/** The part of a scrolling element that the window shows. */
function visible(element: Element) {
  if (element === document.scrollingElement) {
    return { top: 0, bottom: innerHeight, left: 0, right: innerWidth };
  }
  const box = element.getBoundingClientRect();
  return {
    top: Math.max(box.top, 0),
    bottom: Math.min(box.bottom, innerHeight),
    left: Math.max(box.left, 0),
    right: Math.min(box.right, innerWidth),
  };
}
