// Contacts, as every screen needs them.

export const words = {
  one: "contact",
  many: "contacts",
  screen: "Contacts",
  record: "Contact",
  create: "New contact",
  withoutName: "Contact without a name",
  groups: {
    person: "Person",
    consent: "Consent",
    about: "About",
  },
  /** What to do about a broken rule, without the full stop. */
  rules: {
    name: "Enter a first or a last name",
    line: "Choose someone who does not report to this contact",
    order: "Enter a day that is not before the first one",
  },
};
