import type { FileImport } from "../../core/fileImports";

/** Where an import is shown: its service is part of it, as the ids of both look the same. */
export function importAddress({ service, id }: Pick<FileImport, "service" | "id">): string {
  const encoded = encodeURIComponent(id);
  return service === "leads" ? `/imports/${encoded}` : `/imports/records/${encoded}`;
}

/** Where a file of a kind of record is imported. */
export function newImportAddress(object: string): string {
  return object === "lead" ? "/imports/new" : `/imports/new?of=${encodeURIComponent(object)}`;
}

/** Where the file of an import is imported once more, with its columns and values to begin with. */
export function againAddress({ object, id }: Pick<FileImport, "object" | "id">): string {
  return `/imports/new?of=${encodeURIComponent(object)}&again=${encodeURIComponent(id)}`;
}
