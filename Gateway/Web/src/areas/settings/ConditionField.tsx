import { type ConditionDraft, draftOfRows, readRows, type RuleRow } from "../../core/ruleRows";
import { TextArea } from "../../parts/Field";
import { words as all } from "../../words/settings";
import { RuleRows, type Subject } from "./RuleRows";

const words = all.rule;

interface Props extends Subject {
  /** The label of the condition in CEL and of its rows. */
  label: string;
  hint: string;
  legend: string;
  examples: readonly string[];
  draft: ConditionDraft;
  /** The initial content of the first row, and of added ones. */
  first: RuleRow;
  next?: RuleRow;
  /** Whether the condition may be empty. */
  mayBeEmpty?: boolean;
  /** Whether missing values are reported: after the first attempt to save. */
  showsFaults: boolean;
  error: string | undefined;
  onChange: (draft: ConditionDraft) => void;
}

/** A condition as rows, or in CEL if rows cannot express it. */
export function ConditionField(props: Props) {
  const { kind, fields, label, hint, legend, examples, draft, first, error, onChange } = props;
  const { next = first, mayBeEmpty = false, showsFaults } = props;
  const setRows = (rows: readonly RuleRow[]) => onChange(draftOfRows(fields, rows));
  if (draft.rows !== null) {
    return (
      <>
        <RuleRows
          {...{ kind, fields, legend, next, mayBeEmpty, showsFaults, error }}
          rows={draft.rows}
          onChange={setRows}
        />
        <button
          type="button"
          className="button-quiet"
          onClick={() => onChange({ ...draft, rows: null })}
        >
          {words.toCEL}
        </button>
      </>
    );
  }
  const read = readRows(fields, draft.condition);
  return (
    <>
      <TextArea
        label={label}
        className="input code"
        rows={3}
        spellCheck={false}
        maxLength={2000}
        hint={<Examples hint={hint} examples={examples} />}
        value={draft.condition}
        error={error}
        onChange={(event) => onChange({ rows: null, condition: event.target.value })}
      />
      {read !== null && (
        <button
          type="button"
          className="button-quiet"
          onClick={() => setRows(read.length === 0 && !mayBeEmpty ? [first] : read)}
        >
          {words.toRows}
        </button>
      )}
    </>
  );
}

function Examples({ hint, examples }: Pick<Props, "hint" | "examples">) {
  return (
    <>
      {hint}{" "}
      {examples.map((example, place) => (
        <span key={example}>
          {place > 0 && ", "}
          <code>{example}</code>
        </span>
      ))}
    </>
  );
}
