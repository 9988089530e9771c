import { useCallback, useState } from "react";
import { usePages } from "../../app/usePages";
import { useWorkspace } from "../../app/workspace";
import { saveFile } from "../../core/download";
import type { FileImport } from "../../core/fileImports";
import { formatInt64 } from "../../core/format";
import { explainInLine } from "../../core/problem";
import { faultReport, faultText, refusedName, refusedRows } from "../../core/refusedFile";
import type { ImportFault } from "../../core/types";
import { FormError } from "../../parts/FormError";
import { words as all } from "../../words/imports";
import { heldFile } from "./heldFiles";
import { importedKind } from "./kinds";
import { useFileImports } from "./useFileImports";

const words = all.refused;

/** A larger file is not read once more by the page. */
const mostBytes = 64 * 1024 * 1024;

/** The rows that could not become records, or not as they are, with what to correct in the file. */
export function RefusedRows({ value }: { value: FileImport }) {
  const { id, service, refused } = value;
  const imports = useFileImports(service);
  const load = useCallback((token: string) => imports.faults(id, token), [imports, id]);
  const { rows, hasMore, error, more } = usePages(load);
  // Links that were not made are told of rows that were not refused.
  if (refused === "0" && (rows === null || rows.length === 0)) return null;
  const title = titleOf(value);
  const hint = hintOf(value);

  return (
    <section aria-labelledby="refused-title">
      <h2 id="refused-title">{title}</h2>
      <p className="muted">{hint}</p>
      <FormError error={error} />
      <SaveRefused value={value} />
      <div className="table-scroll" role="region" aria-label={words.name} tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="number">{words.line}</th>
              <th scope="col">{words.column}</th>
              <th scope="col">{words.reason}</th>
            </tr>
          </thead>
          <tbody>
            {(rows ?? []).map((row, place) => (
              <tr key={place}>
                <td className="number" data-label={words.line}>{formatInt64(row.line)}</td>
                <td data-label={words.column}>
                  {row.column || <span className="muted">{words.wholeRow}</span>}
                </td>
                <td data-label={words.reason}>{faultText(row)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {(hasMore || error !== null) && (
        <button type="button" className="button" onClick={more}>
          {words.more}
        </button>
      )}
    </section>
  );
}

function titleOf({ refused, validate_only }: FileImport): string {
  if (refused === "0") return validate_only ? words.dryNotLinked : words.notLinked;
  return validate_only ? words.dryTitle : words.title;
}

function hintOf({ refused, validate_only, object }: FileImport): string {
  if (refused === "0") return validate_only ? words.dryNotLinkedHint : words.notLinkedHint;
  return validate_only ? words.dryHint : words.hint(importedKind(object).kind);
}

/** Saves all of them: the rows themselves while the page has the file, else what is wrong with each. */
function SaveRefused({ value }: { value: FileImport }) {
  const { notices } = useWorkspace();
  const imports = useFileImports(value.service);
  const [isSaving, setSaving] = useState(false);
  const file = heldFile(value.id);
  const hasRows = file !== null && file.size <= mostBytes && value.refused !== "0";

  const save = async () => {
    setSaving(true);
    try {
      const faults = await imports.allFaults(value.id);
      const text = hasRows
        ? refusedRows(await file.text(), faults.filter((fault) => !isLink(value, fault)))
        : faultReport(faults);
      // Spreadsheets read UTF-8 by this mark.
      const content = new Blob(["\ufeff", text], { type: "text/csv" });
      saveFile({ name: refusedName(value.file_name), content });
    } catch (failure) {
      notices.failed(explainInLine(failure));
    } finally {
      setSaving(false);
    }
  };

  return (
    <p className="import-begin">
      <button type="button" className="button" disabled={isSaving} onClick={() => void save()}>
        {isSaving ? words.saving : words.save}
      </button>
      <span className="muted">{hasRows ? words.rowsHint : words.reportHint}</span>
    </p>
  );
}

/** Whether a row became a record, without another of its kind that it names: once more would be twice. */
function isLink({ object }: FileImport, { field, reason }: ImportFault): boolean {
  const isOfItsKind = importedKind(object).kind.fields.get(field)?.references === object;
  // A text that is no name is refused before anything is looked up.
  return isOfItsKind && !reason.startsWith("must have at most");
}
