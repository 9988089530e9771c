import type { Area } from "../../app/areas";
import { words } from "../../words/importScreens";

export const importsArea: Area = {
  id: "imports",
  title: words.imports,
  icon: "imports",
  group: "manage",
  address: "/imports",
  needs: ["import.read"],
  kinds: [],
  screens: [
    {
      path: "/imports",
      title: words.imports,
      needs: ["import.read"],
      load: () => import("./screens").then(({ ImportsScreen }) => ({ default: ImportsScreen })),
    },
    {
      path: "/imports/new",
      title: words.newImport,
      needs: ["import.create"],
      load: () => import("./screens").then(({ NewImportScreen }) => ({ default: NewImportScreen })),
    },
    {
      path: "/imports/:id",
      title: words.import,
      needs: ["import.read"],
      load: () => import("./screens").then(({ ImportScreen }) => ({ default: ImportScreen })),
    },
  ],
  places: [{ title: words.importLeads, address: "/imports/new", needs: ["import.create"] }],
};
