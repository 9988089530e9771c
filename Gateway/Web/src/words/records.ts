// A record of any kind: its page, the editing of its fields, its history and its form.

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
    `This ${kind.one} was deleted, or it is no longer shared with you. You see it as it last was.`,
  notYours: (kind: Noun) =>
    `This ${kind.one} belongs to someone else. You can read it, but your role does not let you change it.`,
  times: {
    title: "Times",
    by: (name: string) => `by ${isolated(name)}`,
  },
  facts: {
    hideEmpty: "Hide empty fields",
    showEmpty: (count: number) => `Show ${plural(count, "empty field", "empty fields")}`,
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
    timeline: "Timeline",
    more: "Show earlier changes",
    /** What a member did to the record, after their name. */
    actions: {
      create: "created it",
      update: "changed it",
      delete: "deleted it",
      undelete: "restored it",
      assess: "assessed it",
      qualify: "qualified it",
      disqualify: "disqualified it",
      recycle: "put it back",
      move: "moved it",
      reopen: "opened it again",
      archive: "archived it",
      unarchive: "took it back from the archive",
      convert: "converted it",
      unconvert: "took its conversion back",
      complete: "completed it",
      skip: "left it out of its series",
      split: "began another series with it",
      reminded: "reminded of it",
      escalated: "told the managers that it is overdue",
      overdue: "found it overdue",
      conversion_ready: "found it ready to be converted",
    } as Readonly<Record<string, string>>,
    onBehalfOf: (name: string) => `on behalf of ${isolated(name)}`,
    fields: (count: number) => plural(count, "field", "fields"),
    moreFields: (count: number) => plural(count, "more field", "more fields"),
    to: "to",
    empty: "empty",
    operator: "The operator",
    product: "Leadmesh",
    someone: "Someone",
  },
};
