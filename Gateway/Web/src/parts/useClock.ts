import { useSyncExternalStore } from "react";

const lookEvery = 30_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** What a clock says, for as long as it is shown: everything on the page looks at the time together. */
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
