import { type FormEvent, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { fieldErrors } from "../../core/problem";
import type { Member } from "../../core/types";
import { Dialog } from "../../parts/Dialog";
import { TextField } from "../../parts/Field";
import { FormError } from "../../parts/FormError";
import { RoleField } from "./RoleField";

interface Props {
  member: Member;
  onClose: () => void;
  onDone: () => void;
}

/** Changes a member's name, role, and whether and how many leads they take. */
export function MemberDialog({ member, onClose, onDone }: Props) {
  const { api, notices } = useWorkspace();
  const [name, setName] = useState(member.display_name);
  const [role, setRole] = useState(member.role);
  const [takesLeads, setTakesLeads] = useState(member.takes_leads === true);
  const [cap, setCap] = useState(member.daily_lead_cap?.toString() ?? "");
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);
  const errors = fieldErrors(error, ["display_name", "role", "takes_leads", "daily_lead_cap"]);
  const isCapWrong = cap.trim() !== "" && !/^\d{1,6}$/.test(cap.trim());

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (isCapWrong) return;
    setWorking(true);
    setError(null);
    try {
      const values: Partial<Member> = {
        display_name: name.trim(),
        takes_leads: takesLeads,
        daily_lead_cap: cap.trim() === "" ? null : Number(cap),
      };
      if (!member.owner) values.role = role;
      await api.updateMember(member.id, member.etag, values);
      notices.done(`${name.trim()} changed`);
      onDone();
    } catch (failure) {
      setError(failure);
      setWorking(false);
    }
  };

  return (
    <Dialog title={member.display_name} onClose={onClose}>
      <form onSubmit={send} noValidate>
        {Object.keys(errors).length === 0 && <FormError error={error} />}
        <TextField
          label="Name"
          value={name}
          error={errors["display_name"]}
          onChange={(event) => setName(event.target.value)}
        />
        <RoleField
          role={role}
          error={errors["role"]}
          disabled={member.owner}
          onChange={setRole}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={takesLeads}
            onChange={(event) => setTakesLeads(event.target.checked)}
          />
          Takes new leads in turn
        </label>
        <TextField
          label="Leads a day, at most"
          inputMode="numeric"
          hint="Empty for no limit."
          value={cap}
          error={isCapWrong ? "A whole number, or nothing." : errors["daily_lead_cap"]}
          onChange={(event) => setCap(event.target.value)}
        />
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button button-main" disabled={working}>
            Save member
          </button>
        </div>
      </form>
    </Dialog>
  );
}
