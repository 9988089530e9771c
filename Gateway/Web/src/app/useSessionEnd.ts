import { useEffect } from "react";
import type { Api } from "../core/api";
import type { Session } from "../core/types";

const lookEvery = 15_000;
const inputs = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

/** Renews the session while the member is active, and ends it after the tenant's idle time. */
export function useSessionEnd(api: Api, session: Session | null, ended: () => void): void {
  const limit = session?.idle_limit_seconds ?? 0;
  const isSignedIn = session !== null;
  useEffect(() => {
    if (!isSignedIn) return undefined;
    const keeper = api.keeper;
    const touch = () => {
      if (!keeper.touch(limit)) ended();
    };
    const look = () => {
      const need = keeper.need(limit);
      if (need === "renewal") void api.renewed();
      if (need === "signIn") ended();
    };
    for (const each of inputs) document.addEventListener(each, touch, { passive: true, capture: true });
    document.addEventListener("visibilitychange", look);
    look();
    const timer = setInterval(look, lookEvery);
    return () => {
      for (const each of inputs) document.removeEventListener(each, touch, { capture: true });
      document.removeEventListener("visibilitychange", look);
      clearInterval(timer);
    };
  }, [api, isSignedIn, limit, ended]);
}
