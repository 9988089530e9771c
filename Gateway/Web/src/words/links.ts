// Links between records: contacts with accounts and deals.

import type { Noun } from "./counts";
import { isolated } from "./sentences";

export const words = {
  contact: "Contact",
  account: "Account",
  role: "Role",
  since: "Since",
  until: "Until",
  add: (kind: Noun) => `Add ${kind.one}`,
  change: (name: string) => `Change ${isolated(name)}`,
  remove: (name: string) => `Remove ${isolated(name)}`,
  removed: (name: string) => `${isolated(name)} removed`,
  save: "Save",
  none: (kind: Noun) => `No ${kind.many}`,
  choose: (kind: Noun) => `Choose ${kind.one === "account" ? "an" : "a"} ${kind.one}.`,
  twice: (name: string) => `${isolated(name)} is in the list already.`,
  more: "Show more",
  all: "Show all",
};
