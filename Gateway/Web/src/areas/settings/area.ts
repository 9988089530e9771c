import type { Area } from "../../app/areas";
import { sections } from "./sections";

export const settingsArea: Area = {
  id: "settings",
  title: "Settings",
  icon: "settings",
  group: "manage",
  address: "/settings",
  needs: [],
  kinds: [],
  screens: [
    { path: "/settings", title: "Settings", needs: [], load: () => import("./SettingsScreen") },
    ...sections.map((section) => ({ ...section, load: () => import("./SettingsScreen") })),
  ],
  places: sections.map(({ title, path, needs }) => ({ title, address: path, needs })),
};
