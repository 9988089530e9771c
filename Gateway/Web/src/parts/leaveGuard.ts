import { useEffect } from "react";

const guards = new Set<symbol>();

/** Whether something was typed that going elsewhere now would lose; the router asks before it goes. */
export function isWorkAtStake(): boolean {
  return guards.size > 0;
}

/**
 * Guards what was typed and is kept nowhere, for as long as `isAtStake`: the browser asks before it
 * leaves or reloads the page, and the router by `isWorkAtStake` before it shows another screen.
 */
export function useLeaveGuard(isAtStake: boolean): void {
  useEffect(() => {
    if (!isAtStake) return undefined;
    const mine = Symbol("guard");
    if (guards.size === 0) window.addEventListener("beforeunload", ask);
    guards.add(mine);
    return () => {
      guards.delete(mine);
      if (guards.size === 0) window.removeEventListener("beforeunload", ask);
    };
  }, [isAtStake]);
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
  // Chromium before 119 asks only for a value.
  event.returnValue = true;
}
