import type { FileImport } from "../../core/fileImports";

/** The address of an import: it includes the service, as ids of both services look alike. */
export function importAddress({ service, id }: Pick<FileImport, "service" | "id">): string {
  const encoded = encodeURIComponent(id);
  return service === "leads" ? `/imports/${encoded}` : `/imports/records/${encoded}`;
}

/** The address for importing a file of a kind of record. */
export function newImportAddress(object: string): string {
  return object === "lead" ? "/imports/new" : `/imports/new?of=${encodeURIComponent(object)}`;
}

/** The address for importing a file again, with the columns and values of an earlier import. */
export function againAddress({ object, id }: Pick<FileImport, "object" | "id">): string {
  return `/imports/new?of=${encodeURIComponent(object)}&again=${encodeURIComponent(id)}`;
}
