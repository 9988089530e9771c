import { type FormEvent, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { leadName } from "../../core/leadFields";
import type { Lead } from "../../core/types";
import { Dialog } from "../../parts/Dialog";
import { TextField } from "../../parts/Field";
import { FormError } from "../../parts/FormError";
import { Icon } from "../../parts/Icon";

interface Props {
  lead: Lead;
  onDeleted: () => void;
}

/** Deletes a lead. It cannot be undone, so it asks for the name to be typed. */
export function DeleteLead({ lead, onDeleted }: Props) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" className="button-quiet bad" onClick={() => setAsking(true)}>
        <Icon name="trash" />
        Delete lead
      </button>
      {asking && (
        <DeleteDialog lead={lead} onDeleted={onDeleted} onClose={() => setAsking(false)} />
      )}
    </>
  );
}

function DeleteDialog({ lead, onDeleted, onClose }: Props & { onClose: () => void }) {
  const { api, leadNews, notices } = useWorkspace();
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);
  const name = leadName(lead);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setWorking(true);
    try {
      await api.deleteLead(lead.id, lead.etag);
      onClose();
      onDeleted();
      leadNews.send({ id: lead.id, lead: null });
      notices.done(`${name} deleted`);
    } catch (failure) {
      setError(failure);
      setWorking(false);
    }
  };

  return (
    <Dialog title={`Delete ${name}`} onClose={onClose}>
      <form onSubmit={send}>
        <p>
          This removes the lead and its score for everyone. Leads that repeat it are linked to the
          oldest of them. It cannot be undone.
        </p>
        <FormError error={error} />
        <TextField
          label={`Type “${name}” to delete it`}
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            Keep lead
          </button>
          <button
            type="submit"
            className="button button-bad"
            disabled={working || typed.trim() !== name.trim()}
          >
            Delete lead
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
