import { useEffect, useRef } from "react";
import { useWorkspace } from "../../app/workspace";
import { fieldText, type LeadField, type Names } from "../../core/leadFields";
import type { ListedLead } from "../../core/types";
import type { Conflict, OpenLead } from "./useLead";

/** A change that met someone else's: what they changed, and the choice between the two. */
export function ConflictNotice({ open, conflict }: { open: OpenLead; conflict: Conflict }) {
  const { names } = useWorkspace().directory;
  const notice = useRef<HTMLElement>(null);
  useEffect(() => {
    notice.current?.focus();
  }, []);
  const { field, mine, present, changes } = conflict;
  const my = { ...present, [field.name]: mine };
  return (
    <section
      ref={notice}
      className="conflict"
      role="alertdialog"
      aria-labelledby="conflict-title"
      tabIndex={-1}
    >
      <p className="conflict-title" id="conflict-title">Someone changed this lead while you were editing</p>
      <ul>
        {changes.map((change) => (
          <li key={change.field.name}>
            {change.field.label}: {shown(change.before, change.field, names)} is now{" "}
            <strong>{shown(change.after, change.field, names)}</strong>
          </li>
        ))}
      </ul>
      <p>
        Your change: {field.label} is <strong>{shown(my, field, names)}</strong>
      </p>
      <div className="conflict-choice">
        <button type="button" className="button button-main" onClick={open.keepMine}>
          Save my change
        </button>
        <button type="button" className="button" onClick={open.takeTheirs}>
          Take theirs
        </button>
      </div>
    </section>
  );
}

function shown(lead: ListedLead, field: LeadField, names: Names): string {
  const text = fieldText(lead, field, names);
  return text === "" ? "empty" : `“${text}”`;
}
