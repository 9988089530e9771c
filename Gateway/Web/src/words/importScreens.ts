// The screens of imports, as named in the navigation, the palette and lists.

import type { Noun } from "./counts";

export const words = {
  imports: "Imports",
  import: "Import",
  newImport: "New import",
  importLeads: "Import leads",
  importAccounts: "Import accounts",
  importContacts: "Import contacts",
  importDeals: "Import deals",
  importTasks: "Import tasks",
  importOf: (kind: Noun) => `Import ${kind.many}`,
  importFile: "Import a file",
};
