import { useCallback } from "react";
import { useWorkspace } from "../app/workspace";
import { chosenColumns } from "../core/columnFit";
import { saveFile } from "../core/download";
import { exportedFields } from "../core/exportedFields";
import { explainInLine } from "../core/problem";
import type { Chosen } from "../core/recordApi";
import type { RecordKind } from "../core/recordKind";

/**
 * Saves records as a file of the browser's downloads, with the columns of their list.
 *
 * @param columns - those that were chosen; null for the default ones
 */
export function useExport(
  kind: RecordKind,
  columns: readonly string[] | null,
): (chosen: Chosen) => Promise<void> {
  const { records, notices } = useWorkspace();
  return useCallback(
    async (chosen) => {
      try {
        const fields = exportedFields(kind, chosenColumns(kind.columns, columns));
        saveFile(await records.export(kind, chosen, fields));
      } catch (failure) {
        notices.failed(explainInLine(failure));
      }
    },
    [records, notices, kind, columns],
  );
}
