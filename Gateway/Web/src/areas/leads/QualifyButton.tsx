import { useState } from "react";
import { useWorkspace } from "../../app/workspace";
import type { Rec } from "../../core/recordKind";
import { useHeadingAfter } from "../../parts/useHeadingAfter";
import { words } from "../../words/qualification";
import { asLead, lead } from "./lead";
import { QualifyDialog } from "./QualifyDialogs";

/** Qualifies a lead that is not qualified, for members who may change it. The dialog closes by itself. */
export function QualifyButton({ record }: { record: Rec }) {
  const { permissions } = useWorkspace();
  const [isOpen, setIsOpen] = useState(false);
  useHeadingAfter(isOpen);
  return (
    <>
      {!asLead(record).qualified && permissions.mayEdit(lead, record) && (
        <button type="button" className="button" onClick={() => setIsOpen(true)}>
          {words.qualify.open}
        </button>
      )}
      {isOpen && <QualifyDialog record={record} onClose={() => setIsOpen(false)} />}
    </>
  );
}
