import { useDraft } from "../../app/useDraft";
import { useWorkspace } from "../../app/workspace";
import { FieldRefusal } from "../../core/problem";
import type { Member } from "../../core/types";
import { TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { member as memberKind } from "./kinds";
import { RoleField } from "./RoleField";

interface Props {
  member: Member;
  onClose: () => void;
  onDone: () => void;
}

/** Changes a member's name, role, and whether and how many leads they take. */
export function MemberDialog({ member, onClose, onDone }: Props) {
  const { records, notices } = useWorkspace();
  const draft = useDraft(member.id, {
    name: member.display_name,
    role: member.role,
    takesLeads: member.takes_leads === true,
    cap: member.daily_lead_cap?.toString() ?? "",
  });
  const { name, role, takesLeads, cap } = draft.values;

  const send = async () => {
    if (!/^\d{0,6}$/.test(cap.trim())) {
      throw new FieldRefusal({ daily_lead_cap: "Enter a whole number, or leave it empty." });
    }
    const values: Record<string, unknown> = {
      display_name: name.trim(),
      takes_leads: takesLeads && role !== "read_only",
      daily_lead_cap: cap.trim() === "" ? null : Number(cap),
    };
    if (!member.owner) values["role"] = role;
    await records.update(memberKind, member.id, member.etag, values);
    notices.done(`${name.trim()} changed`);
    draft.forget();
    onDone();
  };

  return (
    <FormDialog
      title={member.display_name}
      action="Save member"
      fields={["display_name", "role", "takes_leads", "daily_lead_cap"]}
      send={send}
      onClose={onClose}
      onCancel={() => {
        draft.forget();
        onClose();
      }}
    >
      {(errors) => (
        <>
          <TextField
            label="Name"
            value={name}
            maxLength={200}
            error={errors["display_name"]}
            onChange={(event) => draft.set({ name: event.target.value })}
          />
          <RoleField
            role={role}
            error={errors["role"]}
            disabled={member.owner}
            onChange={(chosen) => draft.set({ role: chosen })}
          />
          <label className="check">
            <input
              type="checkbox"
              checked={takesLeads && role !== "read_only"}
              disabled={role === "read_only"}
              onChange={(event) => draft.set({ takesLeads: event.target.checked })}
            />
            Takes new leads in turn
          </label>
          <TextField
            label="Leads a day, at most"
            inputMode="numeric"
            hint="Empty for no limit."
            value={cap}
            error={errors["daily_lead_cap"]}
            onChange={(event) => draft.set({ cap: event.target.value })}
          />
        </>
      )}
    </FormDialog>
  );
}
