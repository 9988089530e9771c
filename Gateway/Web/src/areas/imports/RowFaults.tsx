import { useCallback, useId, useState } from "react";
import { usePages } from "../../app/usePages";
import { useWorkspace } from "../../app/workspace";
import { saveFile } from "../../core/download";
import type { FileImport, RowOutcome } from "../../core/fileImports";
import { formatInt64 } from "../../core/format";
import { explainInLine } from "../../core/problem";
import { faultReport, faultsName, faultText, refusedRows } from "../../core/refusedFile";
import { FormError } from "../../parts/FormError";
import { words as all } from "../../words/imports";
import { heldFile } from "./heldFiles";
import { importedKind } from "./kinds";
import { useFileImports } from "./useFileImports";

const words = all.refused;

/** The page does not read a larger file again. */
const mostBytes = 64 * 1024 * 1024;

/** The rows that could not become records, with what to correct in the file. */
export function RefusedRows({ value }: { value: FileImport }) {
  if (value.refused === "0") return null;
  const { validate_only: isDry, object } = value;
  return (
    <RowFaults
      value={value}
      outcome="refused"
      title={isDry ? words.dryTitle : words.title}
      hint={isDry ? words.dryHint : words.hint(importedKind(object).kind)}
      name={words.name}
    />
  );
}

/** The rows that became records without another that they name: there is nothing to import again. */
export function IncompleteRows({ value }: { value: FileImport }) {
  if (value.incomplete === "0") return null;
  const { validate_only: isDry, object } = value;
  const { title, dryTitle, hint, dryHint, name } = all.incomplete;
  return (
    <RowFaults
      value={value}
      outcome="created"
      title={isDry ? dryTitle : title}
      hint={isDry ? dryHint : hint(importedKind(object).kind)}
      name={name}
    />
  );
}

interface Props {
  value: FileImport;
  outcome: RowOutcome;
  title: string;
  hint: string;
  /** What the table is called. */
  name: string;
}

function RowFaults({ value, outcome, title, hint, name }: Props) {
  const { id, service } = value;
  const imports = useFileImports(service);
  const load = useCallback((token: string) => imports.faults(id, outcome, token), [imports, id, outcome]);
  const { rows, hasMore, error, more } = usePages(load);
  const heading = useId();

  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <p className="muted">{hint}</p>
      <FormError error={error} />
      <SaveFaults value={value} outcome={outcome} />
      <div className="table-scroll" role="region" aria-label={name} tabIndex={0}>
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

/**
 * Saves all of them: what is wrong with each or, of refused rows while the page has their file, the rows
 * themselves. No row that became a record is among these: imported again, it would come in twice.
 */
function SaveFaults({ value, outcome }: { value: FileImport; outcome: RowOutcome }) {
  const { notices } = useWorkspace();
  const imports = useFileImports(value.service);
  const [isSaving, setSaving] = useState(false);
  const file = heldFile(value.id);
  const hasRows = outcome === "refused" && file !== null && file.size <= mostBytes;

  const save = async () => {
    setSaving(true);
    try {
      const faults = await imports.allFaults(value.id, outcome);
      const text = hasRows ? refusedRows(await file.text(), faults) : faultReport(faults);
      // Spreadsheets read UTF-8 by this mark.
      const content = new Blob(["\ufeff", text], { type: "text/csv" });
      saveFile({ name: faultsName(value.file_name, outcome), content });
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
