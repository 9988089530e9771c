import { distrust } from "../../core/importReading";
import { SelectField } from "../../parts/Field";
import { words as ready } from "../../words/importReady";
import type { ReadyProps } from "./ReadyImport";

const words = ready.identity;

/** How a row is recognised when the file, or a newer one, is imported later; and ids that are not trusted. */
export function RowIdentity({ followed, reading, settings }: ReadyProps) {
  const headings = [...new Set(reading.columns.map(({ column }) => column))].filter((heading) => heading !== "");
  const reason = distrust(reading);
  return (
    <section aria-labelledby="import-identity">
      <h2 id="import-identity">{words.title}</h2>
      {reason !== "" && <p className="form-note">{reason}</p>}
      <SelectField
        label={words.by}
        hint={words.byHint}
        value={settings.external_id_column}
        onChange={(event) => followed.set({ external_id_column: event.target.value })}
      >
        <option value="">{words.whole}</option>
        {headings.map((heading) => (
          <option key={heading} value={heading}>
            {heading}
          </option>
        ))}
      </SelectField>
    </section>
  );
}
