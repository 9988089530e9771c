import {
  cloneElement,
  type ReactElement,
  type Ref,
  type RefCallback,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";
import { FloatingRoot, quiet } from "./Floating";
import { type Placement, usePosition } from "./usePosition";

interface Props {
  text: string;
  placement?: Placement;
  /** Whether the text is already the child's name, so that it is not read twice. */
  isName?: boolean;
  /** One element that takes a ref and handlers. */
  children: ReactElement;
}

const hoverDelay = 500;
/** Time to move the pointer onto the tooltip, which then stays. */
const leaveDelay = 120;
/** For this time after a tooltip, the next one appears at once. */
const warmTime = 400;
let lastShown = -Infinity;

/** Explains an element on hover and on keyboard focus; Esc hides it. */
export function Tooltip({ text, placement = "top", isName = false, children }: Props) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const id = useId();
  const isShown = open && text !== "" && children.props.disabled !== true;

  const after = (delay: number, change: () => void) => {
    clearTimeout(timer.current);
    if (delay === 0) change();
    else timer.current = setTimeout(change, delay);
  };
  const show = () => setOpen(true);
  const hide = () => {
    clearTimeout(timer.current);
    setOpen((before) => {
      if (before) lastShown = performance.now();
      return false;
    });
  };
  const hover = () => after(performance.now() - lastShown < warmTime ? 0 : hoverDelay, show);
  const leave = () => after(leaveDelay, hide);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEscape(isShown, hide);

  const handlers = joined(children, {
    onPointerEnter: (event) => event.pointerType !== "touch" && hover(),
    onPointerLeave: leave,
    onPointerDown: hide,
    onFocus: (event) => event.currentTarget.matches(":focus-visible") && show(),
    onBlur: hide,
  });
  return (
    <>
      {cloneElement(children, {
        ...handlers,
        ref: useJoinedRef(children, setAnchor),
        ...(isShown && !isName ? { "aria-describedby": id } : {}),
      })}
      {isShown && (
        <TooltipText
          id={id}
          text={text}
          anchor={anchor}
          placement={placement}
          onPointerEnter={() => clearTimeout(timer.current)}
          onPointerLeave={leave}
        />
      )}
    </>
  );
}

interface TextProps {
  id: string;
  text: string;
  anchor: HTMLElement | null;
  placement: Placement;
  onPointerEnter: () => void;
  onPointerLeave: () => void;
}

function TooltipText({ text, anchor, placement, ...rest }: TextProps) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  usePosition(anchor, element, { placement, gap: 6 });
  const root = useContext(FloatingRoot) ?? document.body;
  return createPortal(
    <div ref={setElement} className="tooltip" role="tooltip" dir="auto" {...rest} {...quiet}>
      {text}
    </div>,
    root,
  );
}

/** Esc hides a tooltip wherever the focus is, and also does everything else that Esc does there. */
function useEscape(open: boolean, hide: () => void): void {
  const latest = useRef(hide);
  latest.current = hide;
  useEffect(() => {
    if (!open) return undefined;
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && latest.current();
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  }, [open]);
}

interface HandledEvent {
  currentTarget: Element;
  pointerType: string;
}
type Handlers = Record<string, (event: HandledEvent) => unknown>;

/** The handlers of the child, then ours. */
function joined(child: ReactElement, ours: Handlers): Handlers {
  const theirs = child.props as Record<string, ((event: HandledEvent) => unknown) | undefined>;
  return Object.fromEntries(
    Object.entries(ours).map(([name, handle]) => [
      name,
      (event: HandledEvent) => {
        theirs[name]?.(event);
        handle(event);
      },
    ]),
  );
}

/** Combines the child's own ref with ours; it stays the same, so that React does not call it again. */
function useJoinedRef(
  child: ReactElement,
  ours: (element: HTMLElement | null) => void,
): RefCallback<HTMLElement> {
  const theirs = useRef<Ref<HTMLElement>>(null);
  theirs.current = (child as { ref?: Ref<HTMLElement> }).ref ?? null;
  const both = useRef((element: HTMLElement | null) => {
    ours(element);
    const { current } = theirs;
    if (typeof current === "function") current(element);
    else if (current !== null) (current as { current: HTMLElement | null }).current = element;
  });
  return both.current;
}
