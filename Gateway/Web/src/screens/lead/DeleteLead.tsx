import { useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { leadName } from "../../core/leadFields";
import type { Lead } from "../../core/types";
import { ConfirmByName } from "../../parts/ConfirmByName";
import { Icon } from "../../parts/Icon";

interface Props {
  lead: Lead;
  onDeleted: () => void;
}

/** Deletes a lead once its name was typed: it cannot be undone. */
export function DeleteLead({ lead, onDeleted }: Props) {
  const { api, leadNews, notices } = useWorkspace();
  const [asking, setAsking] = useState(false);
  const name = leadName(lead);
  const remove = async () => {
    await api.deleteLead(lead.id, lead.etag);
    setAsking(false);
    onDeleted();
    leadNews.send({ is: "deleted", id: lead.id });
    notices.done(`${name} deleted`);
  };
  return (
    <>
      <button type="button" className="button-quiet bad" onClick={() => setAsking(true)}>
        <Icon name="trash" />
        Delete lead
      </button>
      {asking && (
        <ConfirmByName
          title={`Delete ${name}`}
          name={name}
          action="Delete lead"
          run={remove}
          onClose={() => setAsking(false)}
        >
          This removes the lead for everyone. Leads that repeat it are linked to the oldest of them.
          It cannot be undone.
        </ConfirmByName>
      )}
    </>
  );
}
