import type { Area } from "../../app/areas";
import { words } from "../../words/settingScreens";
import { sections } from "./sections";

export const settingsArea: Area = {
  id: "settings",
  title: words.settings,
  icon: "settings",
  group: "manage",
  address: "/settings",
  needs: [],
  kinds: [],
  screens: [
    { path: "/settings", title: words.settings, needs: [], load: () => import("./SettingsScreen") },
    ...sections.map((section) => ({ ...section, load: () => import("./SettingsScreen") })),
  ],
  places: sections.map(({ title, path, needs }) => ({ title, address: path, needs })),
};
