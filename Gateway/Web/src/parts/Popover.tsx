import {
  type KeyboardEvent,
  type ReactNode,
  type RefCallback,
  type RefObject,
  Suspense,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { Floating } from "./Floating";
import { focusFirst, tabStops } from "./focus";

interface Props {
  /** The button that opens it. */
  button: (toggle: PopoverToggle) => ReactNode;
  label: string;
  align?: "start" | "end";
  /** Whether it is open when it is first shown. */
  startsOpen?: boolean;
  children: (close: () => void) => ReactNode;
}

/** Spread on the button that opens a popover. */
export interface PopoverToggle {
  ref: RefCallback<HTMLButtonElement>;
  "aria-expanded": boolean;
  "aria-controls": string | undefined;
  onClick: () => void;
}

/**
 * Choices at a button, which may be loaded when it opens; focus goes to the first one. Esc, Tab at either end
 * and leaving close it; Esc returns focus to the button.
 */
export function Popover({ button, label, align = "start", startsOpen = false, children }: Props) {
  const [anchor, setAnchor] = useState<HTMLButtonElement | null>(null);
  const [open, setOpen] = useState(startsOpen);
  const id = useId();
  const close = () => {
    setOpen(false);
    anchor?.focus();
  };
  return (
    <div className="popover-anchor">
      {button({
        ref: setAnchor,
        "aria-expanded": open,
        "aria-controls": open ? id : undefined,
        onClick: () => setOpen((before) => !before),
      })}
      {open && (
        <Floating
          id={id}
          anchor={anchor}
          placement={`bottom-${align}`}
          role="group"
          aria-label={label}
          onLeave={() => setOpen(false)}
        >
          <Content close={close}>{children(close)}</Content>
        </Floating>
      )}
    </div>
  );
}

function Content({ close, children }: { close: () => void; children: ReactNode }) {
  const whole = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Tab" && whole.current !== null) {
      const stops = tabStops(whole.current);
      const end = event.shiftKey ? stops[0] : stops[stops.length - 1];
      if (end !== undefined && end !== document.activeElement) return;
      // From its button, Tab continues as if the popover were there.
      if (event.shiftKey) event.preventDefault();
      close();
    }
  };
  return (
    <div ref={whole} tabIndex={-1} onKeyDown={onKeyDown}>
      <Suspense fallback={<TakesFocus whole={whole} />}>
        {children}
        <TakesFocus whole={whole} />
      </Suspense>
    </div>
  );
}

/** Moves focus into what has just opened: while its choices are loading, to where they will be. */
function TakesFocus({ whole }: { whole: RefObject<HTMLDivElement> }) {
  useEffect(() => {
    if (whole.current !== null) focusFirst(whole.current);
  }, [whole]);
  return null;
}
