// Deals, as every screen needs them.

export const words = {
  one: "deal",
  many: "deals",
  screen: "Deals",
  record: "Deal",
  create: "New deal",
  noAccount: "No account",
  groups: {
    sale: "Sale",
    work: "Work",
    outcome: "Outcome",
    about: "About",
  },
};
