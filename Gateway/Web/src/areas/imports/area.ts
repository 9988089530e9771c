import type { Area } from "../../app/areas";

export const importsArea: Area = {
  id: "imports",
  title: "Imports",
  icon: "imports",
  group: "manage",
  address: "/imports",
  needs: ["import.read"],
  kinds: [],
  screens: [
    {
      path: "/imports",
      title: "Imports",
      needs: ["import.read"],
      load: () => import("./ImportsScreen"),
    },
    {
      path: "/imports/new",
      title: "New import",
      needs: ["import.create"],
      load: () => import("./NewImportScreen"),
    },
    {
      path: "/imports/:id",
      title: "Import",
      needs: ["import.read"],
      load: () => import("./ImportScreen"),
    },
  ],
  places: [{ title: "Import leads", address: "/imports/new", needs: ["import.create"] }],
};
