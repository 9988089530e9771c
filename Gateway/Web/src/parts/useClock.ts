import { useSyncExternalStore } from "react";

const lookEvery = 30_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** A text that depends on the time, updated while it is shown; everything on the page updates together. */
export function useClock(read: (now: Date) => string): string {
  const says = () => read(new Date());
  return useSyncExternalStore(subscribe, says, says);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((each) => each()), lookEvery);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
