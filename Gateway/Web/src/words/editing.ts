// Editing a field: in a list, on a board, on its page.

import type { Noun } from "./counts";
import { isolated } from "./sentences";

export const words = {
  facts: {
    edit: (field: string) => `Edit ${field}`,
    /** A value that is pressed to change it is named by this text and the value. */
    editing: (field: string) => `Edit ${field}:`,
    empty: "empty",
  },
  saving: {
    is: (field: string, value: string) => `${field} is ${isolated(value)}`,
    cleared: (field: string) => `${field} cleared`,
    changedAgain: (field: string) => `${field} was changed again, so nothing was undone`,
    notSaved: (reason: string) => `Not saved. ${reason}`,
    notSavedLater: (field: string, value: string, reason: string) =>
      `${field}${value === "" ? "" : ` “${isolated(value)}”`}: ${reason}`,
    kept: (field: string) => `${field} is not saved. Open it again to go on with what you typed.`,
    overtaken: "Not saved. Someone else changed it just now.",
    lostRight: (name: string) => `Not saved. The role of ${isolated(name)} no longer allows this.`,
  },
  /** Further fields that a change needs. */
  needs: {
    title: (name: string) => isolated(name),
    what: (kind: Noun) => `This change of the ${kind.one} needs:`,
    whatOf: (name: string) => `${isolated(name)} needs:`,
    send: "Save",
    empty: "Enter a value.",
    notGiven: (fields: string) => `${fields} is needed for that.`,
  },
  overtaking: {
    what: (field: string) => `Someone else changed ${field} while you were editing`,
    theirs: "Theirs",
    yours: "Yours",
    keepTheirs: "Keep theirs",
    saveMine: "Save mine",
  },
  giving: {
    title: (kind: Noun) => `Give this ${kind.one} away?`,
    /** @param name - "" for nobody */
    what: (name: string, kind: Noun) =>
      `If you ${name === "" ? "leave it without an owner" : `give it to ${isolated(name)}`}, ` +
      `it leaves your ${kind.many}. You can no longer change it, and you cannot take it back yourself.`,
    keep: "Keep it",
    give: (name: string) => (name === "" ? "Remove the owner" : `Give it to ${isolated(name)}`),
  },
};
