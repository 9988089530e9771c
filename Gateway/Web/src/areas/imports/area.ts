import type { Area, Screen } from "../../app/areas";
import { words } from "../../words/importScreens";
import { newImportAddress } from "./address";

const read = ["import.read", "record_import.read", "task_import.read"];
const create = ["import.create", "record_import.create", "task_import.create"];

const screen = (
  path: string,
  title: string,
  needs: readonly string[],
  name: Exclude<keyof typeof import("./screens"), symbol>,
): Screen => ({
  path,
  title,
  needs,
  load: () => import("./screens").then((all) => ({ default: all[name] })),
});

export const importsArea: Area = {
  id: "imports",
  title: words.imports,
  icon: "imports",
  group: "manage",
  address: "/imports",
  needs: read,
  kinds: [],
  screens: [
    screen("/imports", words.imports, read, "ImportsScreen"),
    screen("/imports/new", words.newImport, create, "NewImportScreen"),
    screen("/imports/:id", words.import, ["import.read"], "ImportScreen"),
    screen("/imports/records/:id", words.import, ["record_import.read", "task_import.read"], "RecordImportScreen"),
  ],
  places: [
    { title: words.importLeads, address: newImportAddress("lead"), needs: ["import.create"] },
    { title: words.importDeals, address: newImportAddress("deal"), needs: ["record_import.create"] },
    { title: words.importAccounts, address: newImportAddress("account"), needs: ["record_import.create"] },
    { title: words.importContacts, address: newImportAddress("contact"), needs: ["record_import.create"] },
    { title: words.importTasks, address: newImportAddress("task"), needs: ["task_import.create"] },
  ],
};
