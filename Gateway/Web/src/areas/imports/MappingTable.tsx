import { importableFields, remapped, sharedFields } from "../../core/importMapping";
import type { ColumnMapping } from "../../core/types";
import { words as all } from "../../words/imports";
import { lead } from "../leads/lead";

const words = all.columns;

const fields = importableFields(lead);

interface Props {
  mapping: ColumnMapping[];
  /** The first rows of the file. */
  rows: string[][];
  onChange: (mapping: ColumnMapping[]) => void;
}

/** What becomes of each column, beside its first values. */
export function MappingTable({ mapping, rows, onChange }: Props) {
  const shared = sharedFields(fields, mapping);
  return (
    <section aria-labelledby="mapping-title">
      <h2 id="mapping-title">{words.title}</h2>
      <div className="table-scroll" role="region" aria-label={words.name} tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{words.column}</th>
              <th scope="col">{words.values}</th>
              <th scope="col">{words.becomes}</th>
            </tr>
          </thead>
          <tbody>
            {mapping.map((each, place) => (
              <tr key={place} className={each.field === "" ? "mapping-out" : undefined}>
                <th scope="row">{each.column || words.unnamed(place + 1)}</th>
                <td className="mapping-values" data-label={words.values}>{firstValues(rows, place)}</td>
                <td data-label={words.becomes}>
                  <FieldChoice
                    column={each.column || words.unnamed(place + 1)}
                    field={each.field}
                    onChange={(field) => onChange(remapped(mapping, place, field))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shared.length > 0 && (
        <p className="muted mapping-note">{words.shared(shared.map((field) => field.label))}</p>
      )}
    </section>
  );
}

function firstValues(rows: string[][], place: number): string {
  const values = rows.map((row) => (row[place] ?? "").trim()).filter((value) => value !== "");
  return values.length === 0 ? "–" : values.join(" · ");
}

interface ChoiceProps {
  column: string;
  field: string;
  onChange: (field: string) => void;
}

function FieldChoice({ column, field, onChange }: ChoiceProps) {
  return (
    <select
      className="input"
      aria-label={words.fieldFor(column)}
      value={field}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{words.leaveOut}</option>
      {fields.map((each) => (
        <option key={each.name} value={each.name}>
          {each.label}
        </option>
      ))}
    </select>
  );
}
