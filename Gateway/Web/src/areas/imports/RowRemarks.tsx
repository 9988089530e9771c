import type { FileImport } from "../../core/fileImports";
import { formatInt64 } from "../../core/format";
import { Section } from "../../parts/Section";
import { words as all } from "../../words/imports";
import { SaveRows } from "./SaveRows";
import { useFileImports } from "./useFileImports";

const words = all.rowRemarks;

/** More remarks than these are folded. */
const mostOpen = 10;

/** What was noticed in rows that were taken all the same. */
export function RowRemarks({ value }: { value: FileImport }) {
  const imports = useFileImports(value.service);
  const { row_remarks: remarks, remarked, validate_only: isDry, id } = value;
  if (remarks.length === 0) return null;
  return (
    <Section title={isDry ? words.dryTitle : words.title}>
      <p className="muted">{isDry ? words.dryHint(remarked) : words.hint(remarked)}</p>
      <SaveRows
        value={value}
        rows="remarks"
        label={all.refused.saveAll}
        hint={all.refused.allHint}
        load={() => imports.keptRows(id, "all")}
      />
      <details className="remarks" open={remarks.length <= mostOpen}>
        <summary>{words.first(remarks.length)}</summary>
        <div className="table-scroll" role="region" aria-label={words.name} tabIndex={0}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col" className="number">{all.refused.line}</th>
                <th scope="col">{all.refused.column}</th>
                <th scope="col">{words.remark}</th>
              </tr>
            </thead>
            <tbody>
              {remarks.map((remark, place) => (
                <tr key={place}>
                  <td className="number" data-label={all.refused.line}>{formatInt64(remark.line)}</td>
                  <td data-label={all.refused.column}>
                    {remark.column || <span className="muted">{all.refused.wholeRow}</span>}
                  </td>
                  <td data-label={words.remark} className="import-row">
                    <bdi>{remark.value !== "" && `“${remark.value}”`}</bdi> {remark.text}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </Section>
  );
}
