// Conversion of a lead to an account, a contact and a deal.

import { isolated } from "./sentences";

export const words = {
  open: "Convert",
  title: (name: string) => `Convert ${isolated(name)}`,
  send: "Convert lead",
  loading: "Looking for accounts and contacts like this lead…",
  account: "Account",
  contact: "Contact",
  newAccount: (name: string) => `New account: ${isolated(name)}`,
  newContact: (name: string) => `New contact: ${isolated(name)}`,
  namesake: (name: string) =>
    `There is an account called ${isolated(name)} already. Choose it, unless this is another company.`,
  /** Where a person works. */
  at: (account: string) => `at ${isolated(account)}`,
  anotherAccount: "Another account",
  anotherContact: "Another contact",
  findAccount: "Find an account",
  findContact: "Find a contact",
  matched: {
    domain: "same domain",
    name: "same name",
    email: "same e-mail address",
    phone: "same phone number and name",
  } as Readonly<Record<string, string>>,
  deal: "Deal",
  makeDeal: "Make a deal",
  dealName: "Name of the deal",
  dealWith: (account: string) => `Deal with ${account}`,
  amount: "Amount",
  pipeline: "Pipeline",
  reason: "Why it is converted though it is not qualified",
  noAccount: "Choose an account, or make a new one.",
  noContact: "Choose a contact, or make a new one.",
  noDealName: "Enter a name for the deal.",
  noReason: "Say why it is converted though it is not qualified.",
  readOnlyAfter: "Afterwards the lead can only be read. For 24 hours this can be undone.",
  done: {
    title: (name: string) => `${isolated(name)} is converted`,
    what: "It became:",
    close: "Done",
  },
  section: "Conversion",
  converted: "Converted",
  /** The way to what a lead became. */
  go: { deal: "Open deal", contact: "Open contact", account: "Open account" },
  became: { account: "Account", contact: "Contact", deal: "Deal" },
  noDeal: "None",
  overridden: (reason: string) => `It was not qualified. Reason: ${isolated(reason)}`,
  undo: "Undo conversion",
  undoWhat:
    "Deletes the deal and the contact that were made, and archives the account. Possible for 24 hours, " +
    "while nobody has changed them.",
  undone: (name: string) => `${isolated(name)} is a lead again`,
};
