// Files on their way to the server, and those that were sent while the page is open. A page cannot keep a
// file over a reload, so what is kept on the device is only how to recognise it when it is chosen again.

import { keep, kept } from "../../core/kept";
import { words } from "../../words/imports";

const held = new Map<string, File>();
const prefix = "import.";

interface Likeness {
  size: number;
  lastModified: number;
}

export function holdFile(importId: string, file: File): void {
  held.set(importId, file);
  const likeness: Likeness = { size: file.size, lastModified: file.lastModified };
  keep(prefix + importId, JSON.stringify(likeness));
}

export function heldFile(importId: string): File | null {
  return held.get(importId) ?? null;
}

/** Nothing more of it is sent. Until the page is left it stays at hand, to be imported once more. */
export function endSending(importId: string): void {
  keep(prefix + importId, null);
}

/** Why a file chosen again cannot go on with an import; "" when it can. */
export function unlikeness(importId: string, fileName: string, received: number, file: File): string {
  if (file.size < received) {
    return words.rest.smaller;
  }
  const before = likenessOf(importId);
  if (before === null) {
    return file.name === fileName ? "" : words.rest.otherName(fileName);
  }
  const same = before.size === file.size && before.lastModified === file.lastModified;
  return same ? "" : words.rest.differs;
}

function likenessOf(importId: string): Likeness | null {
  const text = kept(prefix + importId);
  return text === null ? null : (JSON.parse(text) as Likeness);
}
