import { useEffect } from "react";

const guards = new Map<symbol, Guarded>();

/** When what was typed would be lost: on any other screen, or only when the page is left. */
type Guarded = "everywhere" | "page";

/** Whether another screen would lose something that was typed; the router asks before it goes there. */
export function isWorkAtStake(): boolean {
  return [...guards.values()].includes("everywhere");
}

/**
 * Guards input that is stored nowhere, while `isAtStake`: the browser asks before it
 * leaves or reloads the page, and the router, by `isWorkAtStake`, before it shows another screen, unless
 * the app keeps the input across its own screens.
 */
export function useLeaveGuard(isAtStake: boolean, guarded: Guarded = "everywhere"): void {
  useEffect(() => {
    if (!isAtStake) return undefined;
    const mine = Symbol("guard");
    if (guards.size === 0) window.addEventListener("beforeunload", ask);
    guards.set(mine, guarded);
    return () => {
      guards.delete(mine);
      if (guards.size === 0) window.removeEventListener("beforeunload", ask);
    };
  }, [isAtStake, guarded]);
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
  // Chromium before 119 only asks if there is a value.
  event.returnValue = true;
}
