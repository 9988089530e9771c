import type { Field } from "../../core/fields";
import { importableFields, type ImportedKind, remapped, sharedFields } from "../../core/importMapping";
import type { ColumnMapping } from "../../core/types";
import { words as all } from "../../words/imports";

const words = all.columns;

/** How many of the first rows are shown. */
const shownRows = 3;

interface Props {
  of: ImportedKind;
  mapping: ColumnMapping[];
  /** The first rows of the file. */
  rows: string[][];
  /** The heading of the column by which rows are recognised; "" for none. */
  identity: string;
  onChange: (mapping: ColumnMapping[]) => void;
}

/** The field of each column, beside its first values. */
export function MappingTable({ of, mapping, rows, identity, onChange }: Props) {
  const fields = importableFields(of);
  const several = sharedFields(fields, mapping);
  const joined = several.find((field) => field.name === of.joined);
  const shared = several.filter((field) => field !== joined);
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
              <tr key={place} className={isLeftOut(each, identity) ? "mapping-out" : undefined}>
                <th scope="row">{each.column || words.unnamed(place + 1)}</th>
                <td className="mapping-values" data-label={words.values}>{firstValues(rows, place)}</td>
                <td data-label={words.becomes}>
                  <FieldChoice
                    column={each.column || words.unnamed(place + 1)}
                    field={each.field}
                    fields={fields}
                    otherwise={isLeftOut({ ...each, field: "" }, identity) ? words.leaveOut : words.identifies}
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
      {joined !== undefined && <p className="muted mapping-note">{words.joined(joined.label)}</p>}
    </section>
  );
}

/** Whether nothing is taken from a column. */
function isLeftOut({ column, field }: ColumnMapping, identity: string): boolean {
  return field === "" && (column === "" || column !== identity);
}

function firstValues(rows: string[][], place: number): string {
  const first = rows.slice(0, shownRows);
  const values = first.map((row) => (row[place] ?? "").trim()).filter((value) => value !== "");
  return values.length === 0 ? "–" : values.join(" · ");
}

interface ChoiceProps {
  column: string;
  field: string;
  fields: readonly Field[];
  /** What happens to a column that fills no field. */
  otherwise: string;
  onChange: (field: string) => void;
}

function FieldChoice({ column, field, fields, otherwise, onChange }: ChoiceProps) {
  return (
    <select
      className="input"
      aria-label={words.fieldFor(column)}
      value={field}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{otherwise}</option>
      {fields.map((each) => (
        <option key={each.name} value={each.name}>
          {each.label}
        </option>
      ))}
    </select>
  );
}
