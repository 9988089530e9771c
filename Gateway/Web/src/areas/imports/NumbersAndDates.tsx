import { questionsAt, readColumns } from "../../core/importReading";
import { SelectField } from "../../parts/Field";
import { words as ready } from "../../words/importReady";
import { Questions } from "./Questions";
import type { ReadyProps } from "./ReadyImport";

const words = ready.reading;

/** How numbers, dates, yes and no are read; nothing for files without any. */
export function NumbersAndDates(props: ReadyProps) {
  const { reading } = props;
  const isAbout = (what: "numbers" | "dates" | "flags") => readColumns(reading, what).length > 0;
  if (!isAbout("numbers") && !isAbout("dates") && !isAbout("flags")) return null;
  return (
    <section aria-labelledby="import-numbers">
      <h2 id="import-numbers" tabIndex={-1}>
        {words.title}
      </h2>
      <div className="form-pair">
        {isAbout("numbers") && <Decimals {...props} />}
        {isAbout("dates") && <Dates {...props} />}
      </div>
      <ReadAs {...props} part="flags" />
    </section>
  );
}

function Decimals(props: ReadyProps) {
  const { followed, settings, questions } = props;
  const open = questionsAt(questions, "numbers");
  const { choices } = settings;
  return (
    <div className="import-list">
      <Questions questions={open} says={words.question.decimal(open.map(({ column }) => column))} />
      <SelectField
        label={words.decimal}
        value={choices.decimal}
        onChange={(event) => followed.set({ choices: { ...choices, decimal: event.target.value } })}
      >
        <Options of={words.decimals} />
      </SelectField>
      <ReadAs {...props} part="numbers" />
    </div>
  );
}

function Dates(props: ReadyProps) {
  const { followed, settings, questions } = props;
  const open = questionsAt(questions, "dates");
  return (
    <div className="import-list">
      <Questions questions={open} says={words.question.dates(open.map(({ column }) => column))} />
      <SelectField
        label={words.dates}
        value={settings.date_order}
        onChange={(event) => followed.set({ date_order: event.target.value })}
      >
        <Options of={words.orders} />
      </SelectField>
      <ReadAs {...props} part="dates" />
    </div>
  );
}

/** A choice's values with what they are called. */
export function Options({ of }: { of: Readonly<Record<string, string>> }) {
  return (
    <>
      {Object.entries(of).map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </>
  );
}

/** How each column shows that it is read. */
function ReadAs({ reading, part }: ReadyProps & { part: "numbers" | "dates" | "flags" }) {
  const columns = readColumns(reading, part);
  if (columns.length === 0) return null;
  return (
    <ul className="import-notes">
      {columns.map((column) => (
        <li key={column.index}>{words.column(column.column, column.read_as || words.asks)}</li>
      ))}
    </ul>
  );
}
