import { useRef, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { fieldText, type LeadField, type LeadFieldName, webAddress } from "../../core/leadFields";
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
  save: (value: Lead[LeadFieldName]) => void;
}

/** One fact. Where one may edit, its value is a button: Enter or F2 edits in place. */
export function Fact({ field, lead, mayEdit, saving, save }: Props) {
  const [editing, setEditing] = useState(false);
  const isOver = useRef(true);
  const button = useRef<HTMLButtonElement>(null);
  const { names } = useWorkspace().directory;
  const text = fieldText(lead, field, names);

  const begin = () => {
    isOver.current = false;
    setEditing(true);
  };
  // Taking the control away may still send its blur, which is not a second answer.
  const finish = (value: Lead[LeadFieldName] | undefined) => {
    if (isOver.current) return;
    isOver.current = true;
    setEditing(false);
    if (value !== undefined) save(value);
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) button.current?.focus();
    });
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
              onChange={(event) => save(event.target.checked)}
            />
            {text}
          </label>
        ) : editing ? (
          <FactEditor field={field} lead={lead} finish={finish} />
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
        <SavingMark saving={saving} />
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
        {lead.do_not_call ? text : <a href={`tel:${text.replace(/[^\d+]/g, "")}`}>{text}</a>}
        {!lead.phone_valid && <span className="fact-note warn">This number cannot exist</span>}
      </span>
    );
  }
  return <span className={field.kind === "lines" ? "fact-lines" : undefined}>{text}</span>;
}
