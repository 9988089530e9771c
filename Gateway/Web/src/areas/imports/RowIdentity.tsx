import type { ImportMapping } from "../../core/fileImports";
import { SelectField, TextField } from "../../parts/Field";
import { words as all } from "../../words/imports";

const words = all.matching;

interface Props {
  mapping: ImportMapping;
  onChange: (change: Partial<ImportMapping>) => void;
}

/** How a row is recognised when the file, or a newer one, is imported later. */
export function RowIdentity({ mapping, onChange }: Props) {
  const headings = [...new Set(mapping.mapping.map((each) => each.column))].filter(
    (heading) => heading !== "",
  );
  return (
    <section className="import-identity" aria-labelledby="identity-title">
      <h2 id="identity-title">{words.title}</h2>
      <div className="form-pair">
        <TextField
          label={words.from}
          hint={words.fromHint}
          value={mapping.source_system}
          maxLength={60}
          onChange={(event) => onChange({ source_system: event.target.value })}
        />
        <SelectField
          label={words.by}
          hint={words.byHint}
          value={mapping.external_id_column}
          onChange={(event) => onChange({ external_id_column: event.target.value })}
        >
          <option value="">{words.whole}</option>
          {headings.map((heading) => (
            <option key={heading} value={heading}>
              {heading}
            </option>
          ))}
        </SelectField>
      </div>
    </section>
  );
}
