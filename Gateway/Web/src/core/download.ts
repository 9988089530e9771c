import type { ServedFile } from "./client";

/** By then the browser must have begun to save a file that no page holds any more. */
const heldFor = 60_000;

/** Saves a file among the browser's downloads. */
export function saveFile({ name, content }: ServedFile): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), heldFor);
}
