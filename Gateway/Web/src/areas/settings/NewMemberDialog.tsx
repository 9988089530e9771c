import { useWorkspace } from "../../app/workspace";
import type { Member } from "../../core/types";
import { isolated } from "../../core/words";
import { TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";
import { RoleField } from "./RoleField";

interface Props {
  onClose: () => void;
  onDone: () => void;
}

interface Values {
  display_name: string;
  email: string;
  role: Member["role"];
  password: string;
}

const empty: Values = { display_name: "", email: "", role: "rep", password: "" };

export function NewMemberDialog({ onClose, onDone }: Props) {
  const { api, notices } = useWorkspace();
  const form = useForm({
    name: "new member",
    initial: empty,
    secrets: ["password"],
    send: ({ display_name, email, role, password }) =>
      api.createMember(
        { display_name: display_name.trim(), email: email.trim(), role },
        password,
      ),
    onDone: (member) => {
      notices.done(`${isolated(member.display_name)} can sign in now`);
      onDone();
    },
  });

  return (
    <FormDialog title="Add member" action="Add member" form={form} onClose={onClose}>
      <TextField label="Name" maxLength={200} {...form.text("display_name")} />
      <TextField label="E-mail" type="email" autoComplete="off" {...form.text("email")} />
      <RoleField
        role={form.values.role}
        error={form.errors["role"]}
        onChange={(chosen) => form.set({ role: chosen })}
      />
      <TextField
        label="First password"
        type="password"
        autoComplete="new-password"
        hint="At least 10 characters. Hand it over in person or by phone."
        {...form.text("password")}
      />
    </FormDialog>
  );
}
