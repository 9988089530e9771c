// What a key opens above any screen.

import "./firstLoad";

export { default as CommandPalette } from "./CommandPalette";
export { default as ShortcutsDialog } from "./ShortcutsDialog";
