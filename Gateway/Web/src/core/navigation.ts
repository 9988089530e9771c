import { Signal } from "./signal";

// The address is the state of the page. Each entry of the browser's history has a number, by which a
// move can be reverted when the member stays, and scroll positions can be restored.

interface Place {
  index: number;
  key: string;
}

/** Asks before the page goes to another address; true allows it. */
export type Leaving = (address: string) => boolean | Promise<boolean>;

const moved = new Signal<void>();
let present: Place = placeOf(history.state) ?? begin();
let shown = location.pathname + location.search;
let leaving: Leaving = () => true;
/** Moves in the history that are made here and need no question. */
let ownMoves = 0;

window.addEventListener("popstate", (event) => void popped(event.state));

/** Sets the question before another screen is shown. */
export function askBeforeLeaving(ask: Leaving): () => void {
  leaving = ask;
  return () => {
    leaving = () => true;
  };
}

/** Goes to an address of this page; `replace` removes the present one from the history. */
export function navigate(address: string, how: { replace?: boolean } = {}): void {
  if (address === shown) return;
  if (!isAnotherScreen(address)) return go(address, how.replace ?? false);
  const answer = leaving(address);
  if (answer === true) return go(address, how.replace ?? false);
  if (answer !== false) void answer.then((goes) => goes && go(address, how.replace ?? false));
}

/** Goes there without a question, because the member has gone. */
export function leaveFor(address: string): void {
  if (address !== shown) go(address, true);
}

function go(address: string, replaces: boolean): void {
  present = replaces
    ? { index: present.index, key: newKey() }
    : { index: present.index + 1, key: newKey() };
  if (replaces) history.replaceState(present, "", address);
  else history.pushState(present, "", address);
  tell();
}

async function popped(state: unknown): Promise<void> {
  const place = placeOf(state) ?? { index: present.index, key: newKey() };
  const address = location.pathname + location.search;
  const isOwn = ownMoves > 0;
  if (isOwn) ownMoves -= 1;
  else if (isAnotherScreen(address)) {
    const answer = leaving(address);
    if (answer !== true) return goBackUntil(answer, place.index - present.index);
  }
  if (address === shown) return;
  present = place;
  tell();
}

/** Shows the address of what is still on screen while the question is open. */
async function goBackUntil(answer: boolean | Promise<boolean>, away: number): Promise<void> {
  move(-away);
  if (await answer) move(away);
}

function move(places: number): void {
  if (places === 0) return;
  ownMoves += 1;
  history.go(places);
}

function tell(): void {
  shown = location.pathname + location.search;
  moved.send();
}

function isAnotherScreen(address: string): boolean {
  return address.split("?")[0] !== shown.split("?")[0];
}

/** Calls `listener` whenever the page is at another address. */
export function onMove(listener: () => void): () => void {
  return moved.listen(listener);
}

/** The path and query of the page. */
export function presentAddress(): string {
  return shown;
}

/** Identifies the present entry of the history, for state that is to be restored with it. */
export function placeKey(): string {
  return present.key;
}

function placeOf(state: unknown): Place | null {
  const place = state as Partial<Place> | null;
  return typeof place?.index === "number" && typeof place.key === "string" ? (place as Place) : null;
}

function begin(): Place {
  const place = { index: 0, key: newKey() };
  history.replaceState(place, "");
  return place;
}

function newKey(): string {
  return Math.random().toString(36).slice(2, 10);
}
