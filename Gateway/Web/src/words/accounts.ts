// Accounts, as every screen needs them.

export const words = {
  one: "account",
  many: "accounts",
  screen: "Accounts",
  record: "Account",
  create: "New account",
  health: "Health",
  groups: {
    company: "Company",
    reach: "Contact",
    about: "About",
  },
  /** What to do about a broken rule, without the full stop. */
  rules: {
    inUse: "Choose an account that is in use",
  },
};
