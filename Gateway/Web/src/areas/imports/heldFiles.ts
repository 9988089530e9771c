// Files being uploaded, and those that were uploaded while the page is open. A page cannot keep a
// file across a reload, so the device stores only what identifies it when it is chosen again.

import type { HeldFile } from "../../core/importWork";
import { keep, kept } from "../../core/kept";
import { words } from "../../words/imports";

const held = new Map<string, File>();
const prefix = "import.";

interface Likeness {
  size: number;
  lastModified: number;
  /** Whether the import starts as soon as its file is there. */
  starts?: boolean;
}

export function holdFile(importId: string, file: File, starts = false): void {
  held.set(importId, file);
  const likeness: Likeness = { size: file.size, lastModified: file.lastModified, starts };
  keep(prefix + importId, JSON.stringify(likeness));
}

export function heldFile(importId: string): File | null {
  return held.get(importId) ?? null;
}

/** The file of an import that is to be uploaded; null if the page does not have it. */
export function fileToSend(importId: string): HeldFile | null {
  const file = heldFile(importId);
  return file === null ? null : { file, starts: likenessOf(importId)?.starts === true };
}

/** Takes the file that a person chose again for an import that waits for the rest of it. */
export function holdAgain(importId: string, file: File): void {
  holdFile(importId, file, likenessOf(importId)?.starts === true);
}

/** Ends its upload. The file stays available until the page is left, to be imported again. */
export function endSending(importId: string): void {
  keep(prefix + importId, null);
}

/** Why a file that was chosen again cannot continue an import; "" if it can. */
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
