// Duplicates of records, of any kind.

import type { Noun } from "./counts";
import { isolated } from "./sentences";

export const words = {
  title: "Duplicates",
  repeats: "Repeats",
  older: (kind: Noun) => `an older ${kind.one}`,
  repeatedBy: "Repeated by",
  none: "Not a duplicate",
  tellApart: (name: string) => `Not a duplicate: ${isolated(name)}`,
  isNone: (name: string) => `${isolated(name)} is not a duplicate`,
  found: (kind: Noun, count: number) =>
    count === 1 ? `There is a ${kind.one} like this already:` : `There are ${kind.many} like this already:`,
  about: "It may be about:",
  unknown: "Contacts and accounts could not be compared at the moment.",
  /** What both have in common. */
  same: {
    email: "has the same e-mail address",
    phone: "has the same phone number",
    domain: "has the domain of this address",
    name: "has the same name",
  } as Readonly<Record<string, string>>,
  of: (kind: Noun, what: string) => `${kind.one}, ${what}`,
};
