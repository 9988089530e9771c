import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import {
  callAddress,
  fieldText,
  type LeadField,
  type LeadFieldName,
  mayCall,
  webAddress,
} from "../../core/leadFields";
import type { Lead } from "../../core/types";
import { Icon } from "../../parts/Icon";
import { FactEditor } from "./FactEditor";
import { SavingMark } from "./SavingMark";
import type { Saving } from "./useLead";

interface Props {
  field: LeadField;
  lead: Lead;
  mayEdit: boolean;
  saving: Saving | undefined;
  save: (value: Lead[LeadFieldName]) => Promise<boolean>;
  dismiss: () => void;
}

/**
 * One fact. Where one may edit, its value is a button: Enter or F2 edits in place. What was refused
 * stays in its editor, marked, until it is put right or Esc gives it up.
 */
export function Fact({ field, lead, mayEdit, saving, save, dismiss }: Props) {
  const [editing, setEditing] = useState(false);
  const state = useRef<"closed" | "open" | "sending">("closed");
  const button = useRef<HTMLButtonElement>(null);
  const markId = useId();
  const { names } = useWorkspace().directory;
  const text = fieldText(lead, field, names);

  const begin = () => {
    state.current = "open";
    dismiss();
    setEditing(true);
  };
  const close = () => {
    state.current = "closed";
    setEditing(false);
  };
  // Once the editor is gone, the focus goes back to where it was opened, unless it is elsewhere by then.
  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && !editing && document.activeElement === document.body) {
      button.current?.focus();
    }
    wasEditing.current = editing;
  }, [editing]);
  // Taking the control away may still send its blur, which is not a second answer.
  const finish = (value: Lead[LeadFieldName] | undefined) => {
    if (state.current !== "open") return;
    if (value === undefined) {
      dismiss();
      close();
      return;
    }
    state.current = "sending";
    void save(value).then((isSettled) => {
      if (isSettled) close();
      else state.current = "open";
    });
  };
  const giveUp = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || saving?.is !== "failed") return;
    event.stopPropagation();
    dismiss();
  };

  return (
    <div className="fact">
      <dt>{field.label}</dt>
      <dd>
        {field.kind === "flag" ? (
          <label className="fact-flag">
            <input
              type="checkbox"
              checked={lead[field.name] === true}
              disabled={!mayEdit}
              aria-label={field.label}
              onChange={(event) => void save(event.target.checked)}
              onKeyDown={giveUp}
            />
            {text}
          </label>
        ) : editing ? (
          <FactEditor
            field={field}
            lead={lead}
            finish={finish}
            isSending={saving?.is === "saving"}
            refusal={saving?.is === "failed" ? markId : undefined}
          />
        ) : (
          <>
            <FactText field={field} lead={lead} text={text} />
            {mayEdit && (
              <button
                ref={button}
                type="button"
                className="fact-edit"
                aria-label={`Edit ${field.label}`}
                title={`Edit ${field.label}`}
                onClick={begin}
                onKeyDown={(event) => event.key === "F2" && begin()}
              >
                <Icon name="edit" />
              </button>
            )}
          </>
        )}
        <SavingMark id={markId} saving={saving} />
      </dd>
    </div>
  );
}

function FactText({ field, lead, text }: { field: LeadField; lead: Lead; text: string }) {
  if (text === "") return <span className="muted">–</span>;
  const web = field.kind === "web" ? webAddress(text) : null;
  if (web !== null) {
    return (
      <a href={web} target="_blank" rel="noreferrer noopener">
        {text}
      </a>
    );
  }
  if (field.kind === "email" && !lead.do_not_email) {
    return <a href={`mailto:${encodeURIComponent(text)}`}>{text}</a>;
  }
  if (field.kind === "phone") {
    return (
      <span>
        {mayCall(lead) ? (
          <a className="fact-call" href={callAddress(lead)}>
            {text}
          </a>
        ) : (
          text
        )}
        {!lead.phone_valid && <span className="fact-note warn">This number cannot exist</span>}
      </span>
    );
  }
  return <span className={field.kind === "lines" ? "fact-lines" : undefined}>{text}</span>;
}
