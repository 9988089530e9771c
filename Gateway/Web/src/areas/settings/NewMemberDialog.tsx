import { useState } from "react";
import { useDraft } from "../../app/useDraft";
import { useWorkspace } from "../../app/workspace";
import type { Member } from "../../core/types";
import { TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { RoleField } from "./RoleField";

interface Props {
  onClose: () => void;
  onDone: () => void;
}

const empty: { name: string; email: string; role: Member["role"] } = {
  name: "",
  email: "",
  role: "rep",
};

export function NewMemberDialog({ onClose, onDone }: Props) {
  const { api, notices } = useWorkspace();
  const draft = useDraft("new member", empty);
  const { name, email, role } = draft.values;
  // A password is not kept.
  const [password, setPassword] = useState("");

  const send = async () => {
    const values = { display_name: name.trim(), email: email.trim(), role };
    const member = await api.createMember(values, password);
    notices.done(`${member.display_name} can sign in now`);
    draft.forget();
    onDone();
  };

  return (
    <FormDialog
      title="Add member"
      action="Add member"
      fields={["display_name", "email", "role", "password"]}
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
          <TextField
            label="E-mail"
            type="email"
            autoComplete="off"
            value={email}
            error={errors["email"]}
            onChange={(event) => draft.set({ email: event.target.value })}
          />
          <RoleField
            role={role}
            error={errors["role"]}
            onChange={(chosen) => draft.set({ role: chosen })}
          />
          <TextField
            label="First password"
            type="password"
            autoComplete="new-password"
            hint="At least 10 characters. Hand it over in person or by phone."
            value={password}
            error={errors["password"]}
            onChange={(event) => setPassword(event.target.value)}
          />
        </>
      )}
    </FormDialog>
  );
}
