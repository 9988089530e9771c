import type { Column, RecordKind } from "./recordKind";

/**
 * The fields that a file of a list has: what its columns show, in their order, and the id, by which its rows are
 * found again. Flags that only say how another field is shown are left out, and what no cell can hold.
 */
export function exportedFields(kind: RecordKind, columns: readonly Column[]): readonly string[] {
  const shown = columns.flatMap(({ fields }) =>
    fields.filter((name, place) => {
      const field = kind.fields.get(name);
      return field !== undefined && field.kind !== "other" && (place === 0 || field.kind !== "flag");
    }),
  );
  return [...new Set([...shown, "id"])];
}
