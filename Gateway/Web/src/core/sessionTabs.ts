import { keep } from "./kept";

// The tabs of a browser have one session: what one of them does with it is heard by the others. What this
// device remembers is changed, and a browser tells that to all other tabs.

/** Who was signed in here last. */
export const signedIn = "signedIn";
const signedOut = "signedOut";

/** Tells the other tabs that the session was ended on purpose. */
export function tellSignOut(now: () => number = Date.now): void {
  keep(signedOut, String(now()));
}

/** What a tab does when it hears of another one. */
export interface SessionTab {
  signedOut: () => void;
  /** Somebody is signed in, perhaps somebody else. */
  signedIn: () => void;
}

/** @returns what ends the listening */
export function hearTabs(tab: SessionTab, page: Pick<Window, "addEventListener" | "removeEventListener"> = window) {
  const hear = (event: StorageEvent) => {
    if (event.newValue === null) return;
    if (event.key === `leadmesh.${signedOut}`) tab.signedOut();
    if (event.key === `leadmesh.${signedIn}`) tab.signedIn();
  };
  page.addEventListener("storage", hear);
  return () => page.removeEventListener("storage", hear);
}
