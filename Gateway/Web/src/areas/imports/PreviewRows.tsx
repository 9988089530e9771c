import { useWorkspace } from "../../app/workspace";
import type { Field } from "../../core/fields";
import { formatInt64 } from "../../core/format";
import { sentence } from "../../core/problem";
import type { ImportRowOutcome, ImportSample } from "../../core/types";
import { words as ready } from "../../words/importReady";
import { importedKind } from "./kinds";

const words = ready.preview;

const outcomes: Readonly<Record<ImportRowOutcome, string>> = {
  IMPORT_ROW_OUTCOME_UNSPECIFIED: "",
  IMPORT_ROW_OUTCOME_CREATED: words.outcomes.created,
  IMPORT_ROW_OUTCOME_UPDATED: words.outcomes.updated,
  IMPORT_ROW_OUTCOME_RESTORED: words.outcomes.restored,
  IMPORT_ROW_OUTCOME_UNCHANGED: words.outcomes.unchanged,
  IMPORT_ROW_OUTCOME_REFUSED: words.outcomes.refused,
};

interface Props {
  /** The kind of the records. */
  object: string;
  rows: readonly ImportSample[];
  /** Whether something was changed since. */
  isOld: boolean;
}

/** The first rows of the file as they would be stored, in the columns that they have. */
export function PreviewRows({ object, rows, isOld }: Props) {
  if (rows.length === 0) return null;
  const { kind, parts = [] } = importedKind(object);
  const labels = new Map(rows.flatMap(({ values }) => values.map(({ field, label }) => [field, label] as const)));
  // In the order of the record, whichever row has them first.
  const order = [...kind.fields.keys(), ...parts.map(({ name }) => name)];
  const names = [...labels.keys()].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return (
    <section aria-labelledby="import-preview" aria-busy={isOld}>
      <h2 id="import-preview">{words.title}</h2>
      <div className="table-scroll" role="region" aria-label={words.name} tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="number">{words.line}</th>
              <th scope="col">{words.becomes}</th>
              {names.map((name) => (
                <th key={name} scope="col">
                  {kind.fields.get(name)?.label ?? labels.get(name)}
                </th>
              ))}
              <th scope="col">{words.remark}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.line} row={row} names={names} fields={kind.fields} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface RowProps {
  row: ImportSample;
  /** The fields that are shown. */
  names: readonly string[];
  fields: ReadonlyMap<string, Field>;
}

function Row({ row, names, fields }: RowProps) {
  const { directory } = useWorkspace();
  const textOf = (name: string): string => {
    const { value = "" } = row.values.find(({ field }) => field === name) ?? {};
    const field = fields.get(name);
    if (value === "" || field === undefined) return value;
    if (field.kind === "picklist") return directory.names.entry(field.picklist ?? "", value) || value;
    return field.kind === "choice" ? directory.names.choice(field, value) : value;
  };
  return (
    <tr>
      <th scope="row" className="number" data-label={words.line}>
        {formatInt64(row.line)}
      </th>
      <td data-label={words.becomes}>
        <span className={`tag tag-${row.outcome === "IMPORT_ROW_OUTCOME_REFUSED" ? "bad" : "plain"}`}>{outcomes[row.outcome]}</span>
      </td>
      {names.map((name) => (
        <td key={name} data-label={fields.get(name)?.label ?? name} className="import-cell">
          <bdi>{textOf(name)}</bdi>
        </td>
      ))}
      <td data-label={words.remark} className="import-row">
        {remarksOf(row)}
      </td>
    </tr>
  );
}

/** Why it would be refused, and what would be remarked on. */
function remarksOf({ refusal, remarks }: ImportSample): string {
  const said = remarks.map(({ column, value, text }) => words.said(column, value, text));
  return [sentence(refusal), ...said].filter((text) => text !== "").join(" ");
}
