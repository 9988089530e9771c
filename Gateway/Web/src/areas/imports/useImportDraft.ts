import { useCallback, useEffect, useRef, useState } from "react";
import { isAbort, newIdempotencyKey } from "../../core/client";
import { readFileStart } from "../../core/csv";
import type { FileImport, FileImports, ImportMapping } from "../../core/fileImports";
import { fullMapping, type ImportedKind, sentColumns, systemKey } from "../../core/importMapping";
import { type UnreadValue, unreadValues, valuesOf } from "../../core/importValues";
import { holdFile } from "./heldFiles";
import { useFileImports } from "./useFileImports";

/** A file with its first rows and the settings for reading it. */
export interface ImportDraft {
  file: File;
  rows: string[][];
  mapping: ImportMapping;
  /** Values that an import of the same file could not match. */
  unread: readonly UnreadValue[];
}

export interface DraftState {
  /** Null while no file is read. */
  draft: ImportDraft | null;
  /** Why the file cannot be imported; "" if it can. */
  reason: string;
  error: unknown;
  /** What is being started. */
  working: "" | "dry run" | "import";
  /** Whether the member has made choices that would be lost. */
  isTouched: boolean;
  /** The import that was started. */
  begun: FileImport | null;
  change: (mapping: Partial<ImportMapping>) => void;
  begin: (isDryRun: boolean) => void;
}

/** How much of a file is read for the preview. */
const previewBytes = 2 * 1024 * 1024;
const previewRows = 20_000;

/**
 * Reads the start of a file and asks the service what its columns mean.
 *
 * @param again - the import whose columns and values are used instead; "" for none
 */
export function useImportDraft(of: ImportedKind, file: File | null, again: string): DraftState {
  const imports = useFileImports(of.service);
  const [draft, setDraft] = useState<ImportDraft | null>(null);
  const [reason, setReason] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState<DraftState["working"]>("");
  const [isTouched, setTouched] = useState(false);
  const [begun, setBegun] = useState<FileImport | null>(null);
  const keys = useRef<Partial<Record<DraftState["working"], string>>>({});

  useEffect(() => {
    setDraft(null);
    setReason("");
    setError(null);
    setTouched(false);
    keys.current = {};
    if (file === null) return undefined;
    const abort = new AbortController();
    readDraft(imports, of, file, again, abort.signal).then(
      (read) => {
        if (abort.signal.aborted) return;
        if (typeof read === "string") setReason(read);
        else setDraft(read);
      },
      (failure: unknown) => {
        if (!isAbort(failure) && !abort.signal.aborted) setError(failure);
      },
    );
    return () => abort.abort();
  }, [imports, of, file, again]);

  const change = useCallback((mapping: Partial<ImportMapping>) => {
    // A further request starts another import.
    keys.current = {};
    setTouched(true);
    setDraft((before) => before && { ...before, mapping: { ...before.mapping, ...mapping } });
  }, []);

  const begin = async (isDryRun: boolean) => {
    if (draft === null) return;
    const what = isDryRun ? "dry run" : "import";
    setWorking(what);
    setError(null);
    // A call that is repeated after a failure makes no second import.
    const key = (keys.current[what] ??= newIdempotencyKey());
    try {
      const created = await imports.create(newImport(of, draft, isDryRun), key);
      holdFile(created.id, draft.file);
      setTouched(false);
      setBegun(created);
    } catch (failure) {
      setError(failure);
      setWorking("");
    }
  };

  return {
    draft,
    reason,
    error,
    working,
    isTouched,
    begun,
    change,
    begin: (isDryRun) => void begin(isDryRun),
  };
}

/** @returns why the file cannot be imported, if it cannot */
async function readDraft(
  imports: FileImports,
  { kind }: ImportedKind,
  file: File,
  again: string,
  signal: AbortSignal,
): Promise<ImportDraft | string> {
  const bytes = new Uint8Array(await file.slice(0, previewBytes).arrayBuffer());
  const start = readFileStart(bytes, file.size <= previewBytes, previewRows);
  if (!start.ok) return start.reason;
  const { columns, rows } = start;
  const earlier = again === "" ? null : await imports.get(again, signal);
  const given = earlier ?? (await imports.suggest(kind.object, columns, signal));
  const mapping = fullMapping(columns, given.mapping);
  return {
    file,
    rows,
    mapping: {
      source_system: given.source_system,
      mapping,
      external_id_column: columns.includes(given.external_id_column) ? given.external_id_column : "",
      values: valuesOf(mapping, given.values),
      date_order: given.date_order,
    },
    unread: earlier === null ? [] : unreadValues(earlier.remarks),
  };
}

function newImport({ kind }: ImportedKind, { file, mapping }: ImportDraft, isDryRun: boolean) {
  const columns = sentColumns(mapping);
  return {
    object: kind.object,
    file_name: file.name.slice(0, 255),
    source_system: systemKey(mapping.source_system) || "csv",
    mapping: columns,
    external_id_column: mapping.external_id_column,
    values: valuesOf(columns, mapping.values),
    date_order: mapping.date_order,
    validate_only: isDryRun,
  };
}
