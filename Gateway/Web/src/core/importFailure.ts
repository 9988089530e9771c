import { sentence } from "./problem";
import type { FileImport } from "./fileImports";
import type { Noun } from "../words/counts";
import { words as all } from "../words/imports";

const words = all.failure;

/** Why an import failed and what has become of it, in whole sentences. */
export function importFailure(
  { failure, created, validate_only }: Pick<FileImport, "failure" | "created" | "validate_only">,
  kind: Noun,
): string {
  const stays = created === "0" || validate_only ? "" : words.stays(kind);
  return reason(failure) + stays;
}

function reason(failure: string): string {
  const column = /“(.+)”/.exec(failure)?.[1];
  if (failure === "") return words.unreadable;
  if (/begin with a header row/.test(failure)) return words.empty;
  if (/the file does not have/.test(failure) && column !== undefined) {
    return words.noColumn(column);
  }
  return sentence(failure);
}
