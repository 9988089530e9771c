// Leads.

export const words = {
  one: "lead",
  many: "leads",
  screen: "Leads",
  record: "Lead",
  create: "New lead",
  formHint: "A last name or a company, and an e-mail or a phone number.",
  withoutName: "Lead without a name",
  name: "Name",
  groups: {
    contact: "Contact",
    company: "Company",
    address: "Address",
    origin: "Origin",
    about: "About",
  },
  none: { reason: "There are none yet. Import them from a file.", import: "Import leads" },
  impossibleNumber: "This number cannot exist",
  actions: {
    call: (number: string) => `Call ${number}`,
    mail: "Send e-mail",
    copyPhone: "Copy phone number",
    copyEmail: "Copy e-mail address",
    phone: "Phone number",
    email: "E-mail address",
    copied: (what: string) => `${what} copied`,
    notCopied: (what: string) => `${what} could not be copied: the browser does not allow it`,
  },
  score: {
    title: "Score",
    most: "of 100",
    none: "No scoring rule applies to this lead.",
    rules: "Rules that made the score",
    limited: "Kept between 0 and 100",
  },
  duplicates: {
    title: "Duplicates",
    repeats: "Repeats",
    older: "an older lead",
    repeatedBy: "Repeated by",
    found: (count: number) =>
      count === 1 ? "There is a lead like this already:" : "There are leads like this already:",
    sameEmail: "has the same e-mail address",
    samePhone: "has the same phone number",
  },
  /** What to do about a broken rule of a lead, without the full stop. */
  rules: {
    name: "Enter a last name or a company",
    reach: "Enter an e-mail address or a phone number",
    owner: "Choose an active member whose role allows it",
    status: "Choose a status that is in use",
    source: "Choose a source that is in use",
  },
};
