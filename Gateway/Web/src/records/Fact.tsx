import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Field } from "../core/fields";
import type { Rec, RecordKind } from "../core/recordKind";
import { Icon } from "../parts/Icon";
import { IconButton } from "../parts/IconButton";
import { Tick } from "../parts/Tick";
import { FieldEditor } from "./FieldEditor";
import { FieldView } from "./FieldView";
import { useFieldSaving } from "./useFieldSaving";

interface Props {
  kind: RecordKind;
  record: Rec;
  field: Field;
  mayEdit: boolean;
  /** What is shown instead of the field's own view. */
  view?: ReactNode;
  mayTake?: (value: unknown) => Promise<boolean>;
}

/** One fact under its label; where one may edit, the value is what one presses to change it. */
export function Fact(props: Props) {
  return (
    <div className="fact">
      <dt>{props.field.label}</dt>
      <dd>
        <FactValue {...props} />
      </dd>
    </div>
  );
}

/** Kinds whose value does something by itself when it is pressed, so that editing has a button of its own. */
const links = new Set<Field["kind"]>(["email", "url", "phone"]);

export function FactValue({ kind, record, field, mayEdit, view, mayTake }: Props) {
  const [editing, setEditing] = useState(false);
  const [isSaved, markSaved] = useTick();
  const opener = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    // Once the editor is gone, the keyboard goes back to where it was opened, unless it is elsewhere.
    if (wasEditing.current && !editing && document.activeElement === document.body) {
      opener.current?.focus();
    }
    wasEditing.current = editing;
  }, [editing]);

  if (field.kind === "flag") return <FlagFact {...{ kind, record, field, mayEdit }} />;
  if (editing) {
    return (
      <FieldEditor
        kind={kind}
        record={record}
        field={field}
        {...(mayTake === undefined ? {} : { mayTake })}
        onDone={(saved) => {
          setEditing(false);
          if (saved) markSaved();
        }}
      />
    );
  }
  const shown = view ?? <FieldView field={field} record={record} />;
  const label = `Edit ${field.label}`;
  const begin = () => setEditing(true);
  if (!mayEdit || field.readOnly === true) return <span className="fact-value">{shown}</span>;
  return (
    <>
      {links.has(field.kind) ? (
        <>
          <span className="fact-value">{shown}</span>
          <IconButton ref={opener} icon="edit" label={label} className="fact-edit" onClick={begin} />
        </>
      ) : (
        <button
          ref={opener}
          type="button"
          className="fact-target"
          aria-label={label}
          onClick={begin}
          onKeyDown={(event) => event.key === "F2" && begin()}
        >
          <span className="fact-value">{shown}</span>
          <Icon name="edit" />
        </button>
      )}
      <Tick is={isSaved ? "saved" : "idle"} />
    </>
  );
}

/** A yes or no is changed where it stands. */
function FlagFact({ kind, record, field, mayEdit }: Props) {
  const save = useFieldSaving(kind);
  const [refusal, setRefusal] = useState("");
  const [isSaved, markSaved] = useTick();
  const isSet = record[field.name] === true;
  const change = async (value: boolean) => {
    setRefusal("");
    const outcome = await save(record.id, field, value, isSet);
    if (outcome.is === "saved") markSaved();
    else if (outcome.is === "refused") setRefusal(outcome.reason);
  };
  return (
    <>
      <label className="fact-flag">
        <input
          type="checkbox"
          className="flag"
          checked={isSet}
          disabled={!mayEdit || field.readOnly === true}
          aria-label={field.label}
          onChange={(event) => void change(event.target.checked)}
        />
        {isSet ? "Yes" : "No"}
      </label>
      <Tick is={isSaved ? "saved" : "idle"} />
      {refusal !== "" && (
        <span className="field-error" role="alert">
          {refusal}
        </span>
      )}
    </>
  );
}

const tickTime = 4000;

/** Something that is shown for a moment. */
export function useTick(): [boolean, () => void] {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (turn === 0) return undefined;
    const timer = setTimeout(() => setTurn(0), tickTime);
    return () => clearTimeout(timer);
  }, [turn]);
  return [turn > 0, () => setTurn((before) => before + 1)];
}
