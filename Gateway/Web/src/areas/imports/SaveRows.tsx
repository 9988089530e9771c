import { useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { saveFile } from "../../core/download";
import type { FileImport } from "../../core/fileImports";
import { explainInLine } from "../../core/problem";
import { type SavedRows, savedName } from "../../core/refusedFile";
import { words as all } from "../../words/imports";

interface Props {
  value: FileImport;
  rows: SavedRows;
  label: string;
  hint: string;
  load: () => Promise<Blob>;
}

/** Saves rows of an import as a file of the browser's downloads. */
export function SaveRows({ value, rows, label, hint, load }: Props) {
  const { notices } = useWorkspace();
  const [isSaving, setSaving] = useState(false);
  const save = async () => {
    setSaving(true);
    try {
      // Spreadsheets read UTF-8 by this mark.
      const content = new Blob(["\ufeff", await load()], { type: "text/csv" });
      saveFile({ name: savedName(value.file_name, rows), content });
    } catch (failure) {
      notices.failed(explainInLine(failure));
    } finally {
      setSaving(false);
    }
  };
  return (
    <p className="import-begin">
      <button type="button" className="button" disabled={isSaving} onClick={() => void save()}>
        {isSaving ? all.refused.saving : label}
      </button>
      <span className="muted">{hint}</span>
    </p>
  );
}
