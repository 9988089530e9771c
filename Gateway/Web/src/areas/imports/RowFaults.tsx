import { useCallback, useId } from "react";
import { useLoaded } from "../../app/hooks";
import { usePages } from "../../app/usePages";
import type { FileImport, RowOutcome } from "../../core/fileImports";
import { formatInt64 } from "../../core/format";
import { faultReport, faultText, rowTexts } from "../../core/refusedFile";
import { FormError } from "../../parts/FormError";
import { words as all } from "../../words/imports";
import { importedKind } from "./kinds";
import { SaveRows } from "./SaveRows";
import { useFileImports } from "./useFileImports";

const words = all.refused;

/** The rows that could not become records, with what to correct in them. */
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

/** The rows that lack another record that they name. */
export function IncompleteRows({ value }: { value: FileImport }) {
  if (value.incomplete === "0") return null;
  const { validate_only: isDry } = value;
  const { title, dryTitle, hint, dryHint, name } = all.incomplete;
  return (
    <RowFaults
      value={value}
      outcome="created"
      title={isDry ? dryTitle : title}
      hint={isDry ? dryHint : hint}
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
  const text = useRowText(value, outcome);
  const texts = text === "" || rows === null ? null : rowTexts(text, rows);
  const heading = useId();

  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <p className="muted">{hint}</p>
      <FormError error={error} />
      {outcome === "refused" ? (
        <SaveRows
          value={value}
          rows="refused"
          label={words.save}
          hint={words.rowsHint}
          load={() => imports.keptRows(id, "refused")}
        />
      ) : (
        <SaveRows
          value={value}
          rows="created"
          label={words.save}
          hint={words.reportHint}
          load={async () => new Blob([faultReport(await imports.allFaults(id, outcome))])}
        />
      )}
      <div className="table-scroll" role="region" aria-label={name} tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="number">{words.line}</th>
              <th scope="col">{words.column}</th>
              <th scope="col">{words.reason}</th>
              {texts !== null && <th scope="col">{words.row}</th>}
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
                {texts !== null && (
                  <td data-label={words.row} className="import-row">
                    <bdi>{texts.get(row.line)}</bdi>
                  </td>
                )}
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

/** The most refused rows whose text is shown beside their faults; of more, the saved file has it. */
const mostShown = 500;

/** The refused rows of an import as CSV; "" until they are there, and where there are too many. */
function useRowText({ id, service, refused }: FileImport, outcome: RowOutcome): string {
  const imports = useFileImports(service);
  const isShown = outcome === "refused" && Number(refused) <= mostShown;
  const load = useCallback(
    async () => (isShown ? (await imports.keptRows(id, "refused")).text() : ""),
    [imports, id, isShown],
  );
  return useLoaded(load).value ?? "";
}
