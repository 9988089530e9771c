import { useCallback } from "react";
import { useWorkspace } from "../app/workspace";
import { saveFile } from "../core/download";
import { explainInLine } from "../core/problem";
import type { Chosen } from "../core/recordApi";
import type { RecordKind } from "../core/recordKind";

/** Saves records as a file of the browser's downloads. */
export function useExport(kind: RecordKind): (chosen: Chosen) => Promise<void> {
  const { records, notices } = useWorkspace();
  return useCallback(
    async (chosen) => {
      try {
        saveFile(await records.export(kind, chosen));
      } catch (failure) {
        notices.failed(explainInLine(failure));
      }
    },
    [records, notices, kind],
  );
}
