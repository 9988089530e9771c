import type { ReactNode } from "react";
import { words } from "../words/parts";
import { Dialog } from "./Dialog";
import { FormError } from "./FormError";
import type { Form } from "./useForm";
import { useLate } from "./useLate";

interface Props {
  title: string;
  /** The verb of its button: "Create lead". */
  action: string;
  form: Pick<Form<object>, "element" | "submit" | "forget" | "failure" | "isWorking">;
  /** Esc or the cross, which may be an accident: what was typed is there again when it opens. */
  onClose: () => void;
  size?: "normal" | "wide";
  children: ReactNode;
}

/** A form in a dialog, which Ctrl-Enter sends too. After a refusal, focus is at the first field at fault. */
export function FormDialog({ title, action, form, onClose, size = "normal", children }: Props) {
  const isLate = useLate(form.isWorking);
  return (
    <Dialog title={title} onClose={onClose} size={size}>
      <form
        ref={form.element}
        noValidate
        onSubmit={form.submit}
        onKeyDown={(event) => {
          // In a field of several lines, Enter alone begins the next one.
          const isSent = event.key === "Enter" && (event.ctrlKey || event.metaKey);
          if (isSent && !event.defaultPrevented) form.submit(event);
        }}
      >
        <FormError error={form.failure} />
        {children}
        <div className="dialog-foot">
          <p className="dialog-wait muted" role="status">
            {isLate && words.dialog.late}
          </p>
          <button
            type="button"
            className="button"
            onClick={() => {
              form.forget();
              onClose();
            }}
          >
            {words.dialog.cancel}
          </button>
          <button type="submit" className="button button-main" disabled={form.isWorking}>
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
