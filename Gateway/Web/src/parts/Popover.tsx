import { type ReactNode, useId, useRef, useState } from "react";
import { useLeave } from "../app/hooks";

interface Props {
  /** What opens it. */
  button: (toggle: PopoverToggle) => ReactNode;
  label: string;
  align?: "start" | "end";
  children: (close: () => void) => ReactNode;
}

/** Spread on the button that opens a popover. */
export interface PopoverToggle {
  "aria-expanded": boolean;
  "aria-controls": string;
  onClick: () => void;
}

/** Choices under a button. Esc or leaving closes it; Esc gives focus back to the button. */
export function Popover({ button, label, align = "start", children }: Props) {
  const [open, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    whole.current?.querySelector<HTMLElement>("[aria-expanded]")?.focus();
  };
  useLeave(whole, open, () => setOpen(false));
  return (
    <div
      ref={whole}
      className="popover-anchor"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.stopPropagation();
        close();
      }}
    >
      {button({
        "aria-expanded": open,
        "aria-controls": id,
        onClick: () => setOpen((before) => !before),
      })}
      <div id={id} className={`popover popover-${align}`} role="group" aria-label={label} hidden={!open}>
        {open && children(close)}
      </div>
    </div>
  );
}
