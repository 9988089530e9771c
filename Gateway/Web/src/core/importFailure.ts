import { sentence } from "./problem";
import type { Import } from "./types";

/** Why an import failed and what became of it, in whole sentences. */
export function importFailure({ failure, created }: Pick<Import, "failure" | "created">): string {
  const stays = created === "0" ? "" : " The leads created before that point stay.";
  return reason(failure) + stays;
}

function reason(failure: string): string {
  const column = /“(.+)”/.exec(failure)?.[1];
  if (failure === "") return "The file could not be read.";
  if (/header row/.test(failure)) return "The file is empty: it has no header row.";
  if (/no column|does not have/.test(failure) && column !== undefined) {
    return `The file has no column “${column}”.`;
  }
  if (/fills a field|fill at least one field/.test(failure)) {
    return "No column of the file fills a field.";
  }
  return sentence(failure);
}
