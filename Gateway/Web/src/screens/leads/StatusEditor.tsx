import { useRef } from "react";
import { Overtaken, reasonNotSaved, useFieldSaving } from "../../app/fieldSaving";
import { useWorkspace } from "../../app/workspace";
import { leadName, statusField } from "../../core/leadFields";
import { ApiError } from "../../core/problem";
import type { ListedLead } from "../../core/types";
import { useChoice } from "../../parts/useChoice";

interface Props {
  lead: ListedLead;
  onDone: () => void;
}

/** Changes a lead's status in its row. Choosing saves, Esc gives up. */
export function StatusEditor({ lead, onDone }: Props) {
  const { directory, leadNews, notices } = useWorkspace();
  const saveField = useFieldSaving();
  const isOver = useRef(false);

  const finish = (status: string | null) => {
    if (isOver.current) return;
    isOver.current = true;
    onDone();
    if (status === null || status === lead.status) return;
    saveField(lead, statusField, status).catch((failure: unknown) => {
      // The row shows what is there now, so that choosing again is a choice.
      if (failure instanceof Overtaken) {
        leadNews.send({ is: "changed", id: lead.id, lead: failure.by.present });
      } else if (failure instanceof ApiError && failure.isMissing) {
        leadNews.send({ is: "deleted", id: lead.id });
      }
      notices.failed(`${leadName(lead)}: ${reasonNotSaved(statusField, failure)}`);
    });
  };

  const offered = directory.statuses.filter(
    (status) => status.active || status.key === lead.status,
  );
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
      {offered.map((status) => (
        <option key={status.key} value={status.key}>
          {status.display_name}
        </option>
      ))}
    </select>
  );
}
