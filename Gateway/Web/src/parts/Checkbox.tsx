import { type MouseEvent, type ReactNode, useEffect, useRef } from "react";

interface Props {
  label: ReactNode;
  /** Whether the label is only read aloud: in a table, whose header says it. */
  hidesLabel?: boolean;
  /** "some" where it stands for several things and only some are on. */
  checked: boolean | "some";
  disabled?: boolean | undefined;
  error?: boolean;
  /** @param range - whether Shift was held: applies to all from the previous one */
  onChange: (checked: boolean, range: boolean) => void;
}

export function Checkbox(props: Props) {
  const { label, hidesLabel = false, checked, disabled, error = false, onChange } = props;
  const input = useRef<HTMLInputElement>(null);
  const range = useRef(false);
  useEffect(() => {
    if (input.current !== null) input.current.indeterminate = checked === "some";
  }, [checked]);
  return (
    <label className="checkbox" onClick={(event: MouseEvent) => (range.current = event.shiftKey)}>
      <input
        ref={input}
        type="checkbox"
        checked={checked === true}
        disabled={disabled}
        aria-invalid={error || undefined}
        onChange={(event) => onChange(event.target.checked, range.current)}
      />
      <span className={hidesLabel ? "unseen" : undefined}>{label}</span>
    </label>
  );
}
