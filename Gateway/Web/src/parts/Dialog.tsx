import { type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "./IconButton";

const fields = "input:enabled, select:enabled, textarea:enabled";

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/**
 * A modal dialog, shown for as long as it is rendered. It begins at its first field; Esc closes it,
 * and focus comes back after.
 */
export function Dialog({ title, onClose, children }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = element.current;
    const cameFrom = document.activeElement;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>(fields)?.focus();
    return () => {
      dialog?.close();
      if (cameFrom instanceof HTMLElement) cameFrom.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <IconButton icon="close" label="Close" onClick={onClose} />
      </div>
      {children}
    </dialog>
  );
}
