import type { FileImport } from "../../core/fileImports";

/** What else the address of an import says. */
interface Beside {
  /** The import that was tried before, whose unread values are asked about. */
  after?: string;
  /** The import that a dry run is for. */
  tries?: string;
}

/** The address of an import: it includes the service, as ids of all services look alike. */
export function importAddress(
  { service, id }: Pick<FileImport, "service" | "id">,
  { after = "", tries = "" }: Beside = {},
): string {
  const asked = new URLSearchParams({
    ...(service === "tasks" ? { of: "task" } : {}),
    ...(after === "" ? {} : { after }),
    ...(tries === "" ? {} : { tries }),
  }).toString();
  const path = `/imports/${service === "leads" ? "" : "records/"}${encodeURIComponent(id)}`;
  return asked === "" ? path : `${path}?${asked}`;
}

/** The address for importing a file of a kind of record. */
export function newImportAddress(object: string): string {
  return object === "lead" ? "/imports/new" : `/imports/new?of=${encodeURIComponent(object)}`;
}

/** The address for importing the file of an import as another kind of record. */
export function otherKindAddress(object: string, id: string): string {
  return `/imports/new?of=${encodeURIComponent(object)}&file=${encodeURIComponent(id)}`;
}

/** The address for importing a file again, with the columns and values of an earlier import. */
export function againAddress({ object, id }: Pick<FileImport, "object" | "id">): string {
  return `/imports/new?of=${encodeURIComponent(object)}&again=${encodeURIComponent(id)}`;
}
