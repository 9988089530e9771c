import { type ReactNode, useEffect, useRef, useState } from "react";
import { FloatingRoot } from "./Floating";
import { focusFirst, keepTabWithin } from "./focus";
import { useLayer } from "./layers";

interface Props {
  className: string;
  labelledBy: string;
  /** Where focus begins, when not at the first field. */
  begins?: "first field" | "itself";
  /** Esc, or a press beside it where `leaves`: both may be an accident. */
  onClose: () => void;
  leaves?: boolean;
  children: ReactNode;
}

/**
 * Lies over the page while it is rendered, and over other modal elements that opened before it. The
 * rest of the page cannot be reached meanwhile; focus returns afterwards.
 */
export function Modal(props: Props) {
  const { className, labelledBy, begins = "first field", onClose, leaves = false, children } = props;
  const [element, setElement] = useState<HTMLDialogElement | null>(null);
  const start = useRef(begins);
  const pressedBeside = useRef(false);
  useLayer(true, (target) => element?.contains(target) ?? false, null);

  useEffect(() => {
    if (element === null) return undefined;
    const cameFrom = document.activeElement;
    element.showModal();
    if (start.current === "itself") element.focus();
    else focusFirst(element.querySelector<HTMLElement>("[data-begin]") ?? element);
    return () => {
      element.close();
      if (cameFrom instanceof HTMLElement) cameFrom.focus({ preventScroll: true });
    };
  }, [element]);

  return (
    <dialog
      ref={setElement}
      className={className}
      tabIndex={-1}
      aria-labelledby={labelledBy}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
      onClose={(event) => {
        if (event.target !== event.currentTarget) return;
        onClose();
        setTimeout(() => showAgain(element));
      }}
      onPointerDown={(event) => {
        pressedBeside.current = event.target === event.currentTarget;
      }}
      onClick={(event) => {
        if (leaves && pressedBeside.current && event.target === event.currentTarget) onClose();
      }}
      onKeyDown={(event) => {
        if (element !== null) keepTabWithin(element, event);
      }}
    >
      <FloatingRoot.Provider value={element}>{children}</FloatingRoot.Provider>
    </dialog>
  );
}

/** A browser closes a dialog at a second Esc in a row, whatever its page does: it may have to stay. */
function showAgain(element: HTMLDialogElement | null): void {
  if (element !== null && element.isConnected && !element.open) element.showModal();
}
