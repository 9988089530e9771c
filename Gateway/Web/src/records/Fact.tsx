import { forwardRef, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { type Field, isFilled } from "../core/fields";
import type { Rec, RecordKind } from "../core/recordKind";
import { Icon } from "../parts/Icon";
import { IconButton } from "../parts/IconButton";
import { Tick } from "../parts/Tick";
import { words as values } from "../words/fields";
import { words } from "../words/editing";
import { FieldEditor } from "./FieldEditor";
import { FieldView, useLinks } from "./FieldView";
import { useFieldSaving } from "./useFieldSaving";

interface Props {
  kind: RecordKind;
  record: Rec;
  field: Field;
  mayEdit: boolean;
  /** Shown instead of the field's own view. */
  view?: ReactNode;
  mayTake?: (value: unknown) => Promise<boolean>;
}

/** One fact under its label; if the member may edit it, pressing the value starts that. */
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

/** Kinds whose value does something when pressed, so that editing needs a button of its own. */
const links = new Set<Field["kind"]>(["email", "url", "phone"]);

export function FactValue({ kind, record, field, mayEdit, view, mayTake }: Props) {
  const [editing, setEditing] = useState(false);
  const [isSaved, markSaved] = useTick();
  const isLink = useLinks(field);
  const opener = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    // Once the editor is gone, focus returns to where it was opened, unless it is elsewhere.
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
  const begin = () => setEditing(true);
  if (!mayEdit || field.readOnly === true || field.immutable === true) return <span className="fact-value">{shown}</span>;
  return (
    <>
      {(isLink && isFilled(record[field.name])) || links.has(field.kind) ? (
        <>
          <span className="fact-value">{shown}</span>
          <IconButton
            ref={opener}
            icon="edit"
            label={words.facts.edit(field.label)}
            className="fact-edit"
            onClick={begin}
          />
        </>
      ) : (
        <FactTarget ref={opener} field={field} isEmpty={!isFilled(record[field.name])} onPress={begin}>
          {shown}
        </FactTarget>
      )}
      <Tick is={isSaved ? "saved" : "idle"} />
    </>
  );
}

interface TargetProps {
  field: Field;
  isEmpty: boolean;
  onPress: () => void;
  /** The value. */
  children: ReactNode;
}

/** A value that is pressed to change it. Its name says what pressing does, and the value: "Edit City: Lyon". */
const FactTarget = forwardRef<HTMLButtonElement, TargetProps>(function FactTarget(
  { field, isEmpty, onPress, children },
  ref,
) {
  const id = useId();
  return (
    <>
      <span id={`${id}-does`} hidden>
        {words.facts.editing(field.label)}
      </span>
      {isEmpty && (
        <span id={`${id}-empty`} hidden>
          {words.facts.empty}
        </span>
      )}
      <button
        ref={ref}
        type="button"
        className="fact-target"
        aria-labelledby={`${id}-does ${isEmpty ? `${id}-empty` : `${id}-value`}`}
        onClick={onPress}
        onKeyDown={(event) => event.key === "F2" && onPress()}
      >
        <span id={`${id}-value`} className="fact-value">
          {children}
        </span>
        <Icon name="edit" />
      </button>
    </>
  );
});

/** A yes or no, changed in place. */
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
        {isSet ? values.yes : values.no}
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

/** A flag that is set for a moment. */
export function useTick(): [boolean, () => void] {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (turn === 0) return undefined;
    const timer = setTimeout(() => setTurn(0), tickTime);
    return () => clearTimeout(timer);
  }, [turn]);
  return [turn > 0, () => setTurn((before) => before + 1)];
}
