import { useState } from "react";
import { useWorkspace } from "./workspace";

/** What was typed into forms that closed before it was sent, by member and form. */
const drafts = new Map<string, unknown>();

export interface Draft<T> {
  values: T;
  set: (change: Partial<T>) => void;
  /** Drops what was typed: it was sent, or given up on purpose. */
  forget: () => void;
}

/**
 * The values of a form. They outlive its closing by Esc and the end of the session, until the form is
 * sent or cancelled, or its member signs out.
 *
 * @param form - what is filled in, such as "new lead"
 */
export function useDraft<T extends object>(form: string, initial: T): Draft<T> {
  const key = `${useWorkspace().session.member.id} ${form}`;
  const [values, setValues] = useState(() => (drafts.get(key) as T | undefined) ?? initial);
  return {
    values,
    set: (change) => {
      const after = { ...values, ...change };
      drafts.set(key, after);
      setValues(after);
    },
    forget: () => void drafts.delete(key),
  };
}

export function forgetDrafts(): void {
  drafts.clear();
}
