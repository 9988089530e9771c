import { useCallback } from "react";
import { usePages } from "../../app/usePages";
import { useWorkspace } from "../../app/workspace";
import { formatInt64 } from "../../core/format";
import { sentence } from "../../core/problem";
import { ruleWords } from "../../core/ruleWords";
import type { RefusedRow } from "../../core/types";
import { FormError } from "../../parts/FormError";
import { words as all } from "../../words/imports";

const words = all.refused;

/** What to correct, in a sentence. */
function told({ field, reason }: RefusedRow): string {
  return sentence(ruleWords({ field, rule: reason, reason: "" }) ?? reason);
}

/** The rows that could not become leads, with what to correct in the file. */
export function RefusedRows({ id }: { id: string }) {
  const { api } = useWorkspace();
  const load = useCallback((token: string) => api.refusedRows(id, token), [api, id]);
  const { rows, hasMore, error, more } = usePages(load);

  return (
    <section aria-labelledby="refused-title">
      <h2 id="refused-title">{words.title}</h2>
      <p className="muted">{words.hint}</p>
      <FormError error={error} />
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
                <td data-label={words.column}>{row.column || <span className="muted">{words.wholeRow}</span>}</td>
                <td data-label={words.reason}>{told(row)}</td>
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
