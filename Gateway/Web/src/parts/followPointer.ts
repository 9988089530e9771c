import { scrollNear } from "./scrollNear";

interface Following {
  move: (at: { clientX: number; clientY: number }) => void;
  /** What scrolls when the pointer is near its edge. */
  near: () => HTMLElement | null;
  end: (dropped: boolean) => void;
}

/** Follows a pointer that is held down until it is released, Esc is pressed, or the pointer is lost. */
export function followPointer(pointer: number, following: Following): () => void {
  let stopScrolling: () => void = () => undefined;
  const onMove = (event: PointerEvent) => {
    if (event.pointerId !== pointer) return;
    event.preventDefault();
    stopScrolling();
    following.move(event);
    stopScrolling = scrollNear(following.near(), event, () => following.move(event));
  };
  const onUp = (event: PointerEvent) => {
    if (event.pointerId === pointer) following.end(event.type === "pointerup");
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    following.end(false);
  };
  const keepUnselected = (event: Event) => event.preventDefault();
  document.addEventListener("selectstart", keepUnselected);
  document.addEventListener("pointermove", onMove);
  document.addEventListener("pointerup", onUp);
  document.addEventListener("pointercancel", onUp);
  document.addEventListener("keydown", onKey, true);
  return () => {
    stopScrolling();
    document.removeEventListener("selectstart", keepUnselected);
    document.removeEventListener("pointermove", onMove);
    document.removeEventListener("pointerup", onUp);
    document.removeEventListener("pointercancel", onUp);
    document.removeEventListener("keydown", onKey, true);
  };
}
