// A record of any kind: its page, its fields where they are edited, its history and its form.

import { type Noun, plural } from "./counts";
import { capital, isolated } from "./sentences";

export const words = {
  trail: "Breadcrumb",
  name: (kind: Noun) => capital(kind.one),
  list: (kind: Noun) => capital(kind.many),
  loading: (kind: Noun) => `Loading ${kind.one}`,
  panel: {
    name: (kind: Noun, name: string) => `${capital(kind.one)}: ${isolated(name)}`,
    open: "Open full page",
    previous: (kind: Noun) => `Previous ${kind.one} (K)`,
    next: (kind: Noun) => `Next ${kind.one} (J)`,
    close: "Close panel",
  },
  gone: (kind: Noun) =>
    `This ${kind.one} was deleted, or it is no longer shared with you. You see it as it was last.`,
  notYours: (kind: Noun) =>
    `This ${kind.one} belongs to someone else. Your role lets you read it and edit your own ${kind.many}.`,
  times: {
    title: "Times",
    created: "Created",
    changed: "Changed",
    lastActivity: "Last activity",
    by: (name: string) => `by ${isolated(name)}`,
  },
  facts: {
    edit: (field: string) => `Edit ${field}`,
    /** The name of a value that one presses to change it is this and the value. */
    editing: (field: string) => `Edit ${field}:`,
    empty: "empty",
    hideEmpty: "Hide empty fields",
    showEmpty: (count: number) => `Show ${plural(count, "empty field", "empty fields")}`,
  },
  saving: {
    is: (field: string, value: string) => `${field} is ${isolated(value)}`,
    cleared: (field: string) => `${field} cleared`,
    changedAgain: (field: string) => `${field} was changed again, so nothing was undone`,
    notSaved: (reason: string) => `Not saved. ${reason}`,
    notSavedLater: (field: string, value: string, reason: string) =>
      `${field}${value === "" ? "" : ` “${isolated(value)}”`}: ${reason}`,
    overtaken: "Not saved. Someone else changed it just now.",
    lostRight: (name: string) => `Not saved. The role of ${isolated(name)} no longer allows this.`,
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
  deleting: {
    delete: (kind: Noun) => `Delete ${kind.one}`,
    deleted: (kind: Noun) => `${capital(kind.one)} deleted`,
    back: (name: string) => `${isolated(name)} is back`,
    open: "Open",
  },
  form: {
    title: (kind: Noun) => `New ${kind.one}`,
    create: (kind: Noun) => `Create ${kind.one}`,
    created: (name: string) => `${isolated(name)} created`,
    open: "Open",
  },
  history: {
    title: "History",
    more: "Show earlier changes",
    /** What somebody did to the record, after their name. */
    actions: {
      create: "created it",
      update: "changed it",
      delete: "deleted it",
      undelete: "restored it",
    } as Readonly<Record<string, string>>,
    onBehalfOf: (name: string) => `on behalf of ${isolated(name)}`,
    fields: (count: number) => plural(count, "field", "fields"),
    to: "to",
    empty: "empty",
    operator: "The operator",
    product: "Leadmesh",
    someone: "Someone",
  },
};
