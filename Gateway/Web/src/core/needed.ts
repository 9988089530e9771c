import type { Field } from "./fields";
import { ApiError } from "./problem";
import type { RecordKind } from "./recordKind";

/**
 * The fields without which the service refused a change: a lost deal needs its reason. None if it was also
 * refused for what was sent, which no other field can fix.
 *
 * @param sent - the names of the fields that were sent
 */
export function neededFields(
  kind: Pick<RecordKind, "fields">,
  failure: unknown,
  sent: readonly string[],
): readonly Field[] {
  if (!(failure instanceof ApiError) || failure.problem.status !== 400) return [];
  const names = new Set(failure.problem.errors.map(({ field }) => field.split(/[.[]/)[0] ?? ""));
  const fields = [...names].flatMap((name) => kind.fields.get(name) ?? []);
  const isAskable = (field: Field) =>
    field.kind !== "other" &&
    field.readOnly !== true &&
    field.immutable !== true &&
    !sent.includes(field.name);
  return fields.length === names.size && fields.every(isAskable) ? fields : [];
}
