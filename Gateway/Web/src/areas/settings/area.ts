import type { Area } from "../../app/areas";
import { words } from "../../words/settingScreens";
import { sections } from "./sections";

const load = () => import("./screens").then(({ SettingsScreen }) => ({ default: SettingsScreen }));

export const settingsArea: Area = {
  id: "settings",
  title: words.settings,
  icon: "settings",
  group: "manage",
  address: "/settings",
  needs: [],
  kinds: [],
  screens: [
    { path: "/settings", title: words.settings, needs: [], load },
    ...sections.map((section) => ({ ...section, load })),
  ],
  places: sections.map(({ title, path, needs }) => ({ title, address: path, needs })),
};
