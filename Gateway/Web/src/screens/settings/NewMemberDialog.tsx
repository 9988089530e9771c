import { type FormEvent, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { fieldErrors } from "../../core/problem";
import type { Member } from "../../core/types";
import { Dialog } from "../../parts/Dialog";
import { TextField } from "../../parts/Field";
import { FormError } from "../../parts/FormError";
import { RoleField } from "./RoleField";

interface Props {
  onClose: () => void;
  onDone: () => void;
}

export function NewMemberDialog({ onClose, onDone }: Props) {
  const { api, notices } = useWorkspace();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Member["role"]>("rep");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);
  const errors = fieldErrors(error, ["display_name", "email", "role", "password"]);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setWorking(true);
    setError(null);
    try {
      const values = { display_name: name.trim(), email: email.trim(), role };
      const member = await api.createMember(values, password);
      notices.done(`${member.display_name} can sign in now`);
      onDone();
    } catch (failure) {
      setError(failure);
      setWorking(false);
    }
  };

  return (
    <Dialog title="Add member" onClose={onClose}>
      <form onSubmit={send} noValidate>
        {Object.keys(errors).length === 0 && <FormError error={error} />}
        <TextField
          label="Name"
          value={name}
          error={errors["display_name"]}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label="E-mail"
          type="email"
          autoComplete="off"
          value={email}
          error={errors["email"]}
          onChange={(event) => setEmail(event.target.value)}
        />
        <RoleField role={role} error={errors["role"]} onChange={setRole} />
        <TextField
          label="First password"
          type="password"
          autoComplete="new-password"
          hint="At least 10 characters. Hand it over in person or by phone."
          value={password}
          error={errors["password"]}
          onChange={(event) => setPassword(event.target.value)}
        />
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button button-main" disabled={working}>
            Add member
          </button>
        </div>
      </form>
    </Dialog>
  );
}
