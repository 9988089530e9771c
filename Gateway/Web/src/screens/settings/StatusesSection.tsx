import { type FormEvent, useCallback, useState } from "react";
import { useLoaded } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { fieldErrors } from "../../core/problem";
import { Failure } from "../../parts/Failure";
import { TextField } from "../../parts/Field";
import { FormError } from "../../parts/FormError";

/** The steps of a lead's way, in their order. */
export function StatusesSection() {
  const { api, permissions, directory } = useWorkspace();
  const load = useCallback(() => api.leadStatuses(), [api]);
  const { value, error, reload } = useLoaded(load);
  return (
    <section aria-labelledby="statuses-title">
      <h2 id="statuses-title">Lead statuses</h2>
      <p className="muted">How far a lead is. A new lead has the first one.</p>
      {error !== null && <Failure error={error} retry={reload} />}
      {value !== null && (
        <div className="table-scroll" role="region" aria-label="Table of lead statuses" tabIndex={0}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Key</th>
              </tr>
            </thead>
            <tbody>
              {value.map((status) => (
                <tr key={status.key}>
                  <th scope="row">{status.display_name}</th>
                  <td className="code" data-label="Key">{status.key}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {permissions.may("lead_status.create") && (
        <NewStatus
          onDone={() => {
            reload();
            directory.reload();
          }}
        />
      )}
    </section>
  );
}

function NewStatus({ onDone }: { onDone: () => void }) {
  const { api, notices } = useWorkspace();
  const [name, setName] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);
  const errors = fieldErrors(error, ["display_name", "key"], "A status");

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setWorking(true);
    setError(null);
    try {
      const status = await api.createLeadStatus(name.trim());
      notices.done(`Status ${status.display_name} added`);
      setName("");
      onDone();
    } catch (failure) {
      setError(failure);
    }
    setWorking(false);
  };

  return (
    <form className="inline-form" onSubmit={send} noValidate>
      <TextField
        label="New status"
        value={name}
        maxLength={100}
        error={errors["display_name"] ?? errors["key"]}
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" className="button" disabled={working || name.trim() === ""}>
        Add status
      </button>
      {Object.keys(errors).length === 0 && <FormError error={error} />}
    </form>
  );
}
