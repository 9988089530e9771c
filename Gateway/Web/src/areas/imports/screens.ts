// The screens of imports, loaded together: who opens one soon sees another.

export { default as ImportScreen, RecordImportScreen } from "./ImportScreen";
export { default as ImportsScreen } from "./ImportsScreen";
export { default as NewImportScreen } from "./NewImportScreen";
