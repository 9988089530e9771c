import { useState } from "react";
import { navigate } from "../../app/navigation";
import { useWorkspace } from "../../app/workspace";
import { leadName } from "../../core/leadFields";
import { explainInLine } from "../../core/problem";
import { leadAddress } from "../../core/route";
import type { Lead } from "../../core/types";
import { Icon } from "../../parts/Icon";

interface Props {
  lead: Lead;
  onDeleted: () => void;
}

/** Deletes a lead at once; its notice brings it back. */
export function DeleteLead({ lead, onDeleted }: Props) {
  const { api, leadNews, notices, undo } = useWorkspace();
  const [working, setWorking] = useState(false);
  const { id } = lead;
  const failed = (failure: unknown) => notices.failed(explainInLine(failure));

  const bringBack = async () => {
    const present = await api.undeleteLead(id);
    leadNews.send({ is: "created", id, lead: present });
    notices.done(
      `${leadName(present)} is back`,
      { label: "Open", run: () => navigate(leadAddress(id)) },
      id,
    );
  };
  const remove = async () => {
    setWorking(true);
    try {
      await api.deleteLead(id);
    } catch (failure) {
      setWorking(false);
      return failed(failure);
    }
    notices.forget(id);
    undo.forget(id);
    const entry = undo.push("Lead deleted", bringBack, id);
    notices.done(
      "Lead deleted",
      { label: "Undo", run: () => void undo.undo(entry.id).catch(failed) },
      id,
    );
    onDeleted();
    leadNews.send({ is: "deleted", id });
  };

  return (
    <button
      type="button"
      className="button-quiet bad"
      disabled={working}
      onClick={() => void remove()}
    >
      <Icon name="trash" />
      Delete lead
    </button>
  );
}
