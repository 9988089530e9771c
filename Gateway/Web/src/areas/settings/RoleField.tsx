import { roleMeanings, roleNames } from "../../core/permissions";
import type { Member } from "../../core/types";
import { SelectField } from "../../parts/Field";

interface Props {
  role: Member["role"];
  error: string | undefined;
  disabled?: boolean;
  onChange: (role: Member["role"]) => void;
}

export function RoleField({ role, error, disabled, onChange }: Props) {
  return (
    <SelectField
      label="Role"
      value={role}
      error={error}
      hint={roleMeanings[role]}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value as Member["role"])}
    >
      {Object.entries(roleNames).map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
