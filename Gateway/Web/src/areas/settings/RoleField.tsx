import type { Member } from "../../core/types";
import { SelectField } from "../../parts/Field";
import { words as fields } from "../../words/fields";
import { words } from "../../words/settings";

interface Props {
  role: Member["role"];
  error: string | undefined;
  disabled?: boolean;
  onChange: (role: Member["role"]) => void;
}

export function RoleField({ role, error, disabled, onChange }: Props) {
  return (
    <SelectField
      label={words.members.role}
      value={role}
      error={error}
      hint={words.member.roles[role]}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value as Member["role"])}
    >
      {Object.entries(fields.roles).map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
