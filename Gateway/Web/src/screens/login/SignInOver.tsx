import { type ReactNode, useEffect, useRef } from "react";

/**
 * Lies over all of the page, its open dialogs too, until its person has signed in again; then the keyboard
 * is where it was.
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
