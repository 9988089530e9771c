import { type Target, importableFields, sharedFields, targetsOf } from "../../core/importMapping";
import {
  type ColumnGroup,
  columnGroups,
  identityPlace,
  type PlacedColumn,
  questionsAt,
  withField,
} from "../../core/importReading";
import { Checkbox } from "../../parts/Checkbox";
import { words as ready } from "../../words/importReady";
import { importedKind } from "./kinds";
import { Questions } from "./Questions";
import type { ReadyProps } from "./ReadyImport";

const words = ready.columns;

/** More columns than these are folded, unless they are imported. */
const mostOpen = 6;

/** The columns by what becomes of them; each can fill another field, or be left out. */
export function ColumnsSection(props: ReadyProps) {
  const { followed, reading, settings, value, questions } = props;
  const of = importedKind(value.object);
  const groups = columnGroups(reading, settings);
  const several = sharedFields(importableFields(of), settings.fields);
  const joined = several.find((field) => field.name === of.joined);
  const shared = several.filter((field) => field !== joined);
  const { choices } = settings;
  return (
    <section aria-labelledby="import-columns">
      <h2 id="import-columns" tabIndex={-1}>
        {words.title}
      </h2>
      <Questions questions={questionsAt(questions, "columns")} says={words.nothingKnown} />
      <Group {...props} of="imported" title={words.imported(groups.imported.length)} columns={groups.imported} isOpen />
      {shared.length > 0 && (
        <p className="muted mapping-note">{words.shared(shared.map((field) => field.label))}</p>
      )}
      {joined !== undefined && <p className="muted mapping-note">{words.joined(joined.label)}</p>}
      <Group
        {...props}
        of="left_out"
        title={words.leftOut(groups.left_out.length)}
        columns={groups.left_out}
        isOpen={groups.left_out.length <= mostOpen || groups.imported.length === 0}
      />
      {groups.left_out.length > 0 && of.joined !== undefined && (
        <Checkbox
          label={words.keep}
          checked={choices.keep_left_out}
          onChange={(keep_left_out) => followed.set({ choices: { ...choices, keep_left_out } })}
        />
      )}
      <Group {...props} of="empty" title={words.empty(groups.empty.length)} columns={groups.empty} isOpen={false} />
    </section>
  );
}

interface GroupProps extends ReadyProps {
  of: ColumnGroup;
  title: string;
  columns: readonly PlacedColumn[];
  isOpen: boolean;
}

function Group(props: GroupProps) {
  const { of, title, columns, isOpen, followed, reading, settings, value } = props;
  if (columns.length === 0) return null;
  const targets = targetsOf(importedKind(value.object));
  const identity = identityPlace(reading, settings.external_id_column);
  return (
    <details className="remarks import-group" open={isOpen}>
      <summary>{title}</summary>
      <div className="table-scroll" role="region" aria-label={words.name[of]} tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{words.column}</th>
              {of !== "empty" && <th scope="col">{words.values}</th>}
              <th scope="col">{words.becomes}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <Row
                key={column.place}
                id={`${columnId}${column.place}`}
                column={column}
                field={settings.fields[column.place] ?? ""}
                targets={targets}
                isIdentity={column.place === identity}
                onChange={(field) => {
                  const { fields, values } = withField(reading, settings, column.place, field);
                  followed.set({ fields, values });
                  // It may stand in another group then.
                  setTimeout(() => find(column.place));
                }}
              />
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

const columnId = "import-column-";

/** Gives a column's choice the focus, wherever it stands; the page stays where it is. */
function find(place: number): void {
  const choice = document.getElementById(`${columnId}${place}`);
  const group = choice?.closest("details");
  if (group) group.open = true;
  choice?.focus({ preventScroll: true });
}

interface RowProps {
  /** Of its choice. */
  id: string;
  column: PlacedColumn;
  field: string;
  targets: readonly Target[];
  /** Whether it identifies the rows. */
  isIdentity: boolean;
  onChange: (field: string) => void;
}

function Row({ id, column, field, targets, isIdentity, onChange }: RowProps) {
  const heading = column.column || words.unnamed(column.place + 1);
  return (
    <tr>
      <th scope="row">
        <bdi>{heading}</bdi>
      </th>
      {column.group !== "IMPORT_COLUMN_GROUP_EMPTY" && (
        <td data-label={words.values}>
          <div className="mapping-values">
            <bdi>{column.examples.join(" · ")}</bdi>
          </div>
          {column.read_as !== "" && <div className="field-hint">{words.readAs(column.read_as)}</div>}
          {column.unreadable !== "0" && <div className="field-hint">{words.unreadable(column.unreadable)}</div>}
        </td>
      )}
      <td data-label={words.becomes}>
        <FieldChoice
          id={id}
          label={words.fieldFor(heading)}
          field={field}
          targets={targets}
          otherwise={isIdentity ? words.identifies : words.leaveOut}
          onChange={onChange}
        />
      </td>
    </tr>
  );
}

interface ChoiceProps {
  id: string;
  label: string;
  field: string;
  targets: readonly Target[];
  /** What happens to a column that fills no field. */
  otherwise: string;
  onChange: (field: string) => void;
}

function FieldChoice({ id, label, field, targets, otherwise, onChange }: ChoiceProps) {
  const options = (isMeaning: boolean) =>
    targets
      .filter((each) => each.isMeaning === isMeaning)
      .map((each) => (
        <option key={each.name} value={each.name}>
          {each.label}
        </option>
      ));
  const isKnown = field === "" || targets.some(({ name }) => name === field);
  return (
    <select
      id={id}
      className="input"
      aria-label={label}
      value={field}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{otherwise}</option>
      {!isKnown && <option value={field}>{field}</option>}
      <optgroup label={words.fields}>{options(false)}</optgroup>
      <optgroup label={words.more}>{options(true)}</optgroup>
    </select>
  );
}
