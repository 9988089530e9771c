import { useCallback, useRef } from "react";
import { useLoaded } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { historyText } from "../../core/fieldText";
import { formatInt64 } from "../../core/format";
import type { ImportPreviewRow } from "../../core/types";
import { words as ready } from "../../words/importReady";
import { importedKind } from "./kinds";
import type { ReadyProps } from "./ReadyImport";

const words = ready.preview;

/** The first rows of the file as they would be stored; those before a change stay until the next ones are there. */
export function PreviewRows({ followed, value }: ReadyProps) {
  const { calls, isChanging } = followed;
  const { id, etag } = value;
  const isReady = value.state === "IMPORT_STATE_READY" && !isChanging;
  const load = useCallback(
    // They are others with each change of the import.
    async (signal: AbortSignal) => (isReady && etag !== "" ? calls.preview(id, signal) : null),
    [calls, id, etag, isReady],
  );
  const { value: loaded } = useLoaded(load);
  const last = useRef(loaded);
  last.current = loaded ?? last.current;
  const rows = last.current;
  if (rows === null || rows.length === 0) return null;
  return (
    <section aria-labelledby="import-preview" aria-busy={!isReady}>
      <h2 id="import-preview">{words.title}</h2>
      <div className="table-scroll" role="region" aria-label={words.name} tabIndex={0}>
        <PreviewTable object={value.object} rows={rows} />
      </div>
    </section>
  );
}

interface Props {
  object: string;
  rows: readonly ImportPreviewRow[];
}

/** Rows with the fields that they have, and what becomes of each. */
export function PreviewTable({ object, rows }: Props) {
  const { names } = useWorkspace().directory;
  const { kind, parts = [] } = importedKind(object);
  const known = [...kind.fields.values(), ...parts];
  const columns = known.filter(({ name }) => rows.some(({ values }) => values.some(({ field }) => field === name)));
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col" className="number">{words.line}</th>
          <th scope="col">{words.becomes}</th>
          {columns.map(({ name, label }) => (
            <th key={name} scope="col">
              {label}
            </th>
          ))}
          <th scope="col">{words.remark}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.line}>
            <th scope="row" className="number" data-label={words.line}>
              {formatInt64(row.line)}
            </th>
            <td data-label={words.becomes}>
              <span className={`tag tag-${row.outcome === "refused" ? "bad" : "plain"}`}>{outcomeWords(row.outcome)}</span>
            </td>
            {columns.map((field) => (
              <td key={field.name} data-label={field.label} className="import-cell">
                <bdi>{historyText(field, textOf(row, field.name), names)}</bdi>
              </td>
            ))}
            <td data-label={words.remark} className="import-row">
              {row.remarks.join(" ")}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function textOf({ values }: ImportPreviewRow, name: string): string {
  return values.find(({ field }) => field === name)?.value ?? "";
}

function outcomeWords(outcome: string): string {
  const said: Readonly<Record<string, string>> = words.outcomes;
  return said[outcome] ?? outcome;
}
