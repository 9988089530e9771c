import type { Area } from "../../app/areas";
import { words } from "../../words/importScreens";
import { newImportAddress } from "./address";

export const importsArea: Area = {
  id: "imports",
  title: words.imports,
  icon: "imports",
  group: "manage",
  address: "/imports",
  needs: ["import.read", "record_import.read"],
  kinds: [],
  screens: [
    {
      path: "/imports",
      title: words.imports,
      needs: ["import.read", "record_import.read"],
      load: () => import("./screens").then(({ ImportsScreen }) => ({ default: ImportsScreen })),
    },
    {
      path: "/imports/new",
      title: words.newImport,
      needs: ["import.create", "record_import.create"],
      load: () => import("./screens").then(({ NewImportScreen }) => ({ default: NewImportScreen })),
    },
    {
      path: "/imports/:id",
      title: words.import,
      needs: ["import.read"],
      load: () => import("./screens").then(({ ImportScreen }) => ({ default: ImportScreen })),
    },
    {
      path: "/imports/records/:id",
      title: words.import,
      needs: ["record_import.read"],
      load: () => import("./screens").then(({ RecordImportScreen }) => ({ default: RecordImportScreen })),
    },
  ],
  places: [
    { title: words.importLeads, address: newImportAddress("lead"), needs: ["import.create"] },
    { title: words.importDeals, address: newImportAddress("deal"), needs: ["record_import.create"] },
    { title: words.importAccounts, address: newImportAddress("account"), needs: ["record_import.create"] },
    { title: words.importContacts, address: newImportAddress("contact"), needs: ["record_import.create"] },
  ],
};
