// Leads.

export const words = {
  one: "lead",
  many: "leads",
  screen: "Leads",
  record: "Lead",
  create: "New lead",
  formHint: "A last name or a company, and an e-mail or a phone number.",
  converted: "This lead is converted: it can only be read.",
  withoutName: "Lead without a name",
  name: "Name",
  groups: {
    contact: "Contact",
    company: "Company",
    address: "Address",
    progress: "Progress",
    origin: "Origin",
    about: "About",
  },
  none: "There are none yet. Import them from a file.",
  impossibleNumber: "This number cannot exist",
  score: {
    title: "Score",
    most: "of 100",
    none: "No scoring rule applies to this lead.",
    rules: "Rules that made the score",
    limited: "Kept between 0 and 100",
  },
  /** What to do about a broken rule of a lead, without the full stop. */
  rules: {
    name: "Enter a last name or a company",
    reach: "Enter an e-mail address or a phone number",
    owner: "Choose an active member whose role allows it",
    status: "Choose a status that is in use",
    converts: "Convert the lead to bring it there",
    substatus: "Choose one of the substatuses of its status",
    noSubstatus: "Leave it empty: its status has no substatuses",
    source: "Choose a source that is in use",
  },
};
