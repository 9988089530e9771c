import { type ReactNode, useEffect, useRef } from "react";

/**
 * Covers the whole page, open dialogs included, until the member has signed in again; then focus
 * returns to where it was.
 */
export function SignInOver({ children }: { children: ReactNode }) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    const cameFrom = document.activeElement;
    dialog?.showModal();
    dialog?.querySelector<HTMLInputElement>("input[name=password]")?.focus();
    return () => {
      dialog?.close();
      if (cameFrom instanceof HTMLElement) cameFrom.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={element}
      className="login-over"
      aria-labelledby="login-title"
      onCancel={(event) => event.preventDefault()}
    >
      {children}
    </dialog>
  );
}
