import { useRef } from "react";
import { reasonNotSaved, useFieldSaving } from "../../app/fieldSaving";
import { useWorkspace } from "../../app/workspace";
import { leadName, statusField } from "../../core/leadFields";
import type { ListedLead } from "../../core/types";
import { useChoice } from "../../parts/useChoice";

interface Props {
  lead: ListedLead;
  onDone: () => void;
}

/** Changes a lead's status in its row. Choosing saves, Esc gives up. */
export function StatusEditor({ lead, onDone }: Props) {
  const { directory, notices } = useWorkspace();
  const saveField = useFieldSaving();
  const isOver = useRef(false);

  const finish = (status: string | null) => {
    if (isOver.current) return;
    isOver.current = true;
    onDone();
    if (status === null || status === lead.status) return;
    saveField(lead, statusField, status).catch((failure: unknown) =>
      notices.failed(`${leadName(lead)}: ${reasonNotSaved(statusField, failure)}`),
    );
  };

  const choice = useChoice(lead.status, finish, () => finish(null));
  return (
    <select
      className="row-editor"
      aria-label={`Status of ${leadName(lead)}`}
      autoFocus
      onClick={(event) => event.stopPropagation()}
      {...choice}
      onKeyDown={(event) => {
        choice.onKeyDown(event);
        event.stopPropagation();
      }}
    >
      {directory.statuses.map((status) => (
        <option key={status.key} value={status.key}>
          {status.display_name}
        </option>
      ))}
    </select>
  );
}
