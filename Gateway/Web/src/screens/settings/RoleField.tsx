import { roleMeanings, roleNames } from "../../core/permissions";
import { SelectField } from "../../parts/Field";

interface Props {
  role: string;
  error: string | undefined;
  disabled?: boolean;
  onChange: (role: string) => void;
}

export function RoleField({ role, error, disabled, onChange }: Props) {
  return (
    <SelectField
      label="Role"
      value={role}
      error={error}
      hint={roleMeanings[role]}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value)}
    >
      {Object.entries(roleNames).map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
