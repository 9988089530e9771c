import { useWorkspace } from "../../app/workspace";
import type { FileImport } from "../../core/fileImports";
import { importableFields, type ImportedKind } from "../../core/importMapping";
import { remarkText } from "../../core/importValues";
import type { ImportRemark } from "../../core/types";
import { Section } from "../../parts/Section";
import { words as all } from "../../words/imports";
import { importedKind } from "./kinds";

const words = all.result;

/** How many are shown openly; beyond that, each field has a count and a list to open. */
const mostOpen = 3;

/** Values that an import read in another way than they were written, collapsed by field. */
export function Remarks({ value }: { value: FileImport }) {
  const { remarks } = value;
  if (remarks.length === 0) return null;
  const of = importedKind(value.object);
  const fields = [...new Set(remarks.map(({ field }) => field))];
  const labels = new Map(importableFields(of).map(({ name, label }) => [name, label]));
  return (
    <Section title={words.remarks}>
      {fields.map((field) => {
        const own = remarks.filter((remark) => remark.field === field);
        return (
          <details key={field} className="remarks" open={remarks.length <= mostOpen}>
            <summary>
              {labels.get(field) ?? words.remarkOther} <span className="muted">{words.remarkCount(own.length)}</span>
            </summary>
            <ul>
              {own.map((remark) => (
                <Remark key={remark.value} of={of} remark={remark} />
              ))}
            </ul>
          </details>
        );
      })}
    </Section>
  );
}

function Remark({ of, remark }: { of: ImportedKind; remark: ImportRemark }) {
  const { names } = useWorkspace().directory;
  const field = importableFields(of).find(({ name }) => name === remark.field);
  return (
    <li>
      {remark.value !== "" && `“${remark.value}”`} {remarkText(remark, field, names)}{" "}
      <span className="muted">{words.rows(remark.rows)}</span>
    </li>
  );
}
