import { type FormEvent, type ReactNode, useState } from "react";
import { Dialog } from "./Dialog";
import { TextField } from "./Field";
import { FormError } from "./FormError";

interface Props {
  title: string;
  /** Of what it happens to; has to be typed. */
  name: string;
  /** The verb of both: "Delete lead". */
  action: string;
  /** What it touches. */
  children: ReactNode;
  run: () => Promise<void>;
  onClose: () => void;
}

/** Asks before what cannot be undone: only the typed name lets it happen. */
export function ConfirmByName({ title, name, action, children, run, onClose }: Props) {
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setWorking(true);
    setError(null);
    try {
      await run();
    } catch (failure) {
      setError(failure);
      setWorking(false);
    }
  };

  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={send}>
        <p>{children}</p>
        <FormError error={error} />
        <TextField
          label={`Type “${name}” to go on`}
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            className="button button-bad"
            disabled={working || typed.trim() !== name.trim()}
          >
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
