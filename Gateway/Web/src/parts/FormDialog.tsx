import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { fieldErrors } from "../core/problem";
import { Dialog } from "./Dialog";
import { FormError } from "./FormError";

interface Props {
  title: string;
  /** The verb of its button: "Create lead". */
  action: string;
  /** The fields that say by themselves what is wrong with them, by their names in the API. */
  fields: readonly string[];
  /** Sends it; what it throws is shown, a FieldRefusal and the API's rules at their fields. */
  send: () => Promise<void>;
  /** Esc or the cross, which may be an accident. */
  onClose: () => void;
  /** The button that gives up on purpose. */
  onCancel: () => void;
  children: (errors: Record<string, string>) => ReactNode;
}

/** A form in a dialog. After a refusal the keyboard is at the first field at fault. */
export function FormDialog(props: Props) {
  const { title, action, fields, send, onClose, onCancel, children } = props;
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const errors = fieldErrors(error, fields);

  useEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [error]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setWorking(true);
    setError(null);
    try {
      await send();
    } catch (failure) {
      setError(failure);
      setWorking(false);
    }
  };

  return (
    <Dialog title={title} onClose={onClose}>
      <form ref={form} onSubmit={(event) => void submit(event)} noValidate>
        {Object.keys(errors).length === 0 && <FormError error={error} />}
        {children(errors)}
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onCancel}>
            Cancel
          </button>
          <button type="submit" className="button button-main" disabled={working}>
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
