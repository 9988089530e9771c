import { useId } from "react";
import { Icon, type IconName } from "./Icon";

interface Props<Value extends string> {
  /** The name of the choice: "Row height". */
  label: string;
  choices: readonly { value: Value; label: string; icon?: IconName; disabled?: boolean }[];
  value: Value;
  onChange: (value: Value) => void;
}

/** A choice of a few options, all in sight; the arrow keys choose, as with radio buttons. */
export function Segmented<Value extends string>(props: Props<Value>) {
  const { label, choices, value, onChange } = props;
  const name = useId();
  return (
    <div className="segmented" role="radiogroup" aria-label={label}>
      {choices.map((choice) => (
        <label key={choice.value} className="segment">
          <input
            type="radio"
            className="unseen"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            disabled={choice.disabled}
            onChange={() => onChange(choice.value)}
          />
          <span className="segment-face">
            {choice.icon !== undefined && <Icon name={choice.icon} />}
            {choice.label}
          </span>
        </label>
      ))}
    </div>
  );
}
