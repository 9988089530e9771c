// The screens of imports, as the navigation and the palette name them.

export const words = {
  imports: "Imports",
  import: "Import",
  newImport: "New import",
  importLeads: "Import leads",
};
