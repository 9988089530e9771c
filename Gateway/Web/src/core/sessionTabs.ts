import { keep } from "./kept";

// The tabs of a browser share one session: what one of them does with it, the others are told. It is written
// to this device's storage, whose changes the browser announces to all other tabs.

/** Who was last signed in here. */
export const signedIn = "signedIn";
const signedOut = "signedOut";

/** Tells the other tabs that the session was ended on purpose. */
export function tellSignOut(now: () => number = Date.now): void {
  keep(signedOut, String(now()));
}

/** What a tab does with news from another one. */
export interface SessionTab {
  signedOut: () => void;
  /** A member is signed in, perhaps another one. */
  signedIn: () => void;
}

/** @returns a function that stops listening */
export function hearTabs(tab: SessionTab, page: Pick<Window, "addEventListener" | "removeEventListener"> = window) {
  const hear = (event: StorageEvent) => {
    if (event.newValue === null) return;
    if (event.key === `leadmesh.${signedOut}`) tab.signedOut();
    if (event.key === `leadmesh.${signedIn}`) tab.signedIn();
  };
  page.addEventListener("storage", hear);
  return () => page.removeEventListener("storage", hear);
}
