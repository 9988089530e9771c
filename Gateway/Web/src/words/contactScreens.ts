// The screens of contacts.

export const words = {
  none: "There are none yet. Make one, import a file, or convert a lead.",
  formHint: "A first or a last name.",
  accounts: "Accounts",
  leads: "Leads with this address",
  impossibleNumber: "This number cannot exist",
};
