import type { FieldChange } from "./api.generated";
import type { RecordKind } from "./recordKind";

/** How many changes of one history entry are shown openly. */
const mostOpen = 6;

/**
 * The changes of an entry of a record's history: those shown openly, and those shown on request.
 * If there are many, only what people set is open, the field of the board first; what follows from it is hidden.
 */
export function toldChanges(
  { fields, board }: Pick<RecordKind, "fields" | "board">,
  changes: readonly FieldChange[],
): { open: readonly FieldChange[]; folded: readonly FieldChange[] } {
  if (changes.length <= mostOpen) return { open: changes, folded: [] };
  const isSet = ({ field }: FieldChange) => fields.has(field) && fields.get(field)?.readOnly !== true;
  const isOfBoard = ({ field }: FieldChange) => field === board?.name;
  const first = [...changes.filter(isOfBoard), ...changes.filter((each) => isSet(each) && !isOfBoard(each))];
  const open = first.slice(0, mostOpen);
  return { open, folded: changes.filter((each) => !open.includes(each)) };
}
