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
  return (failure === "" ? words.unreadable : sentence(failure)) + stays;
}
