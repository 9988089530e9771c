import { useWorkspace } from "../../app/workspace";
import { FieldRefusal } from "../../core/problem";
import type { Member } from "../../core/types";
import { Combobox } from "../../parts/Combobox";
import { Field, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";
import { zones } from "../../records/useChoices";
import { words } from "../../words/settings";
import { member as memberKind } from "./kinds";
import { RoleField } from "./RoleField";

interface Props {
  member: Member;
  onClose: () => void;
  onDone: () => void;
}

/** Changes a member's name, role, time zone, and whether and how many leads they take. */
export function MemberDialog({ member, onClose, onDone }: Props) {
  const { records, notices } = useWorkspace();
  const form = useForm({
    name: member.id,
    initial: {
      display_name: member.display_name,
      role: member.role,
      takes_leads: member.takes_leads === true,
      daily_lead_cap: member.daily_lead_cap?.toString() ?? "",
      time_zone: member.time_zone,
    },
    send: async ({ display_name, role, takes_leads, daily_lead_cap, time_zone }) => {
      const cap = daily_lead_cap.trim();
      if (!/^\d{0,6}$/.test(cap)) {
        throw new FieldRefusal({ daily_lead_cap: words.member.noNumber });
      }
      const values: Record<string, unknown> = {
        display_name: display_name.trim(),
        takes_leads: takes_leads && role !== "read_only",
        daily_lead_cap: cap === "" ? null : Number(cap),
        time_zone,
      };
      if (!member.owner) values["role"] = role;
      await records.update(memberKind, member.id, member.etag, values);
    },
    onDone: () => {
      notices.done(words.changed(form.values.display_name.trim()));
      onDone();
    },
  });
  const { role, takes_leads, time_zone } = form.values;

  return (
    <FormDialog title={member.display_name} action={words.member.save} form={form} onClose={onClose}>
      <TextField label={words.name} maxLength={200} {...form.text("display_name")} />
      <RoleField
        role={role}
        error={form.errors["role"]}
        disabled={member.owner}
        onChange={(chosen) => form.set({ role: chosen })}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={takes_leads && role !== "read_only"}
          disabled={role === "read_only"}
          onChange={(event) => form.set({ takes_leads: event.target.checked })}
        />
        {words.member.takesLeads}
      </label>
      <Field
        label={words.member.timeZone}
        error={form.errors["time_zone"]}
        control={(wiring) => (
          <Combobox
            label={words.member.timeZone}
            options={zones()}
            known={[{ value: time_zone, label: time_zone.replace(/_/g, " ") }]}
            value={time_zone}
            onChange={(zone) => form.set({ time_zone: zone })}
            {...wiring}
          />
        )}
      />
      <TextField
        label={words.member.cap}
        inputMode="numeric"
        hint={words.member.capHint}
        {...form.text("daily_lead_cap")}
      />
    </FormDialog>
  );
}
