import { sentence } from "./problem";
import type { Import } from "./types";
import { words as all } from "../words/imports";

const words = all.failure;

/** Why an import failed and what became of it, in whole sentences. */
export function importFailure({ failure, created }: Pick<Import, "failure" | "created">): string {
  const stays = created === "0" ? "" : words.stays;
  return reason(failure) + stays;
}

function reason(failure: string): string {
  const column = /“(.+)”/.exec(failure)?.[1];
  if (failure === "") return words.unreadable;
  if (/header row/.test(failure)) return words.empty;
  if (/no column|does not have/.test(failure) && column !== undefined) {
    return words.noColumn(column);
  }
  if (/fills a field|fill at least one field/.test(failure)) {
    return words.noField;
  }
  return sentence(failure);
}
