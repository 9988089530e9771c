// What a key opens above any screen.

export { default as CommandPalette } from "./CommandPalette";
export { default as ShortcutsDialog } from "./ShortcutsDialog";
