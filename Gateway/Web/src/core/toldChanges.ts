import type { FieldChange } from "./api.generated";
import type { RecordKind } from "./recordKind";

/** So many changes of one entry of a history are told in the open. */
const mostOpen = 6;

/**
 * The changes of an entry of a record's history: those that are told in the open, and those that one asks for.
 * Where there are many, what people set is told, the field of the board first: what follows from it is asked for.
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
