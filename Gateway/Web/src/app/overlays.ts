// What opens over any screen by a key.

export { default as CommandPalette } from "./CommandPalette";
export { default as ShortcutsDialog } from "./ShortcutsDialog";
