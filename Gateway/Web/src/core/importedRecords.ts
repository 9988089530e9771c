import { type Condition, isFilterable } from "./conditions";
import { type ListState } from "./listState";
import type { RecordKind } from "./recordKind";
import { createTime } from "./standardFields";

/** The field by which records say which import made them. */
const importId = "import_id";
/** The field by which records say which other one they repeat. */
const duplicateOf = "duplicate_of";

/**
 * The list of the records that an import made, newest first.
 *
 * @param first - the list as it first is
 * @param which - all of them, or those that repeat another one
 * @returns null if lists of the kind cannot be filtered so
 */
export function madeBy(
  kind: RecordKind,
  id: string,
  first: ListState,
  which: "all" | "duplicates" = "all",
): ListState | null {
  const conditions = new Map<string, Condition>([[importId, { is: "equals", text: id }]]);
  if (which === "duplicates") conditions.set(duplicateOf, { is: "filled" });
  const isKnown = [...conditions.keys()].every((name) => {
    const field = kind.fields.get(name);
    return field !== undefined && isFilterable(field);
  });
  if (!isKnown) return null;
  return { ...first, query: "", conditions, sort: { field: createTime, falling: true }, as: "table" };
}
