import { useCallback } from "react";
import { useWorkspace } from "../app/workspace";
import type { ServedFile } from "../core/client";
import { explainInLine } from "../core/problem";
import type { Chosen } from "../core/recordApi";
import type { RecordKind } from "../core/recordKind";

/** Saves records as a file of the browser's downloads. */
export function useExport(kind: RecordKind): (chosen: Chosen) => Promise<void> {
  const { records, notices } = useWorkspace();
  return useCallback(
    async (chosen) => {
      try {
        save(await records.export(kind, chosen));
      } catch (failure) {
        notices.failed(explainInLine(failure));
      }
    },
    [records, notices, kind],
  );
}

/** Until then the browser must have begun to save a file that no page holds any more. */
const heldFor = 60_000;

function save({ name, content }: ServedFile): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), heldFor);
}
