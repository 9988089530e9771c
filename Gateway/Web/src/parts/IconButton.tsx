import { type ButtonHTMLAttributes, forwardRef } from "react";
import { Icon, type IconName } from "./Icon";
import { Tooltip } from "./Tooltip";

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: IconName;
  /** What it does, shown on hover and focus and read aloud. */
  label: string;
}

export const IconButton = forwardRef<HTMLButtonElement, Props>(function IconButton(
  { icon, label, className, ...rest },
  ref,
) {
  return (
    <Tooltip text={label} isName>
      <button
        ref={ref}
        type="button"
        className={`icon-button ${className ?? ""}`}
        aria-label={label}
        {...rest}
      >
        <Icon name={icon} />
      </button>
    </Tooltip>
  );
});
