import type { Condition } from "./conditions";
import type { Field } from "./fields";

/** An entry of a tenant's list, as far as a board needs it. */
interface Entry {
  key: string;
  active: boolean;
}

/** Whether a field can make a board: each of its choices is a column. */
export function mayBeBoard(field: Field): boolean {
  return field.kind === "picklist" || field.kind === "choice";
}

/**
 * The keys of a board's columns: the choices of its field in the order of their declaration, or the active
 * entries of its list. A condition on the field leaves only those that it names, retired ones too.
 */
export function boardKeys(
  field: Field,
  entries: readonly Entry[],
  condition: Condition | undefined,
): readonly string[] {
  const all =
    field.kind === "choice" ? (field.choices ?? []).map((key) => ({ key, active: true })) : entries;
  const wanted = condition?.is === "oneOf" ? condition.values : null;
  return all
    .filter((entry) => (wanted === null ? entry.active : wanted.includes(entry.key)))
    .map((entry) => entry.key);
}
