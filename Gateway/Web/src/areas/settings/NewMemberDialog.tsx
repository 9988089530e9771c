import { useWorkspace } from "../../app/workspace";
import type { Member } from "../../core/types";
import { TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";
import { words } from "../../words/settings";
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
      notices.done(words.members.canSignIn(member.display_name));
      onDone();
    },
  });

  return (
    <FormDialog title={words.members.add} action={words.members.add} form={form} onClose={onClose}>
      <TextField label={words.name} maxLength={200} {...form.text("display_name")} />
      <TextField label={words.members.email} type="email" autoComplete="off" {...form.text("email")} />
      <RoleField
        role={form.values.role}
        error={form.errors["role"]}
        onChange={(chosen) => form.set({ role: chosen })}
      />
      <TextField
        label={words.member.password}
        type="password"
        autoComplete="new-password"
        hint={words.member.passwordHint}
        {...form.text("password")}
      />
    </FormDialog>
  );
}
