import { useEffect } from "react";

const guards = new Map<symbol, Guarded>();

/** Where what was typed would be lost: on whatever comes next, or only where the page goes. */
type Guarded = "everywhere" | "page";

/** Whether something was typed that another screen would lose; the router asks before it goes. */
export function isWorkAtStake(): boolean {
  return [...guards.values()].includes("everywhere");
}

/**
 * Guards what was typed and is kept nowhere, for as long as `isAtStake`: the browser asks before it
 * leaves or reloads the page, and, unless the app keeps it over its own screens, the router by `isWorkAtStake`
 * before it shows another one.
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
  // Chromium before 119 asks only for a value.
  event.returnValue = true;
}
