import type { Field } from "../core/fields";
import type { Column, Rec, RecordKind } from "../core/recordKind";
import { useFace } from "./faces";
import { FieldView } from "./FieldView";

/** What a cell shows. */
export function GridCell({ kind, column, record }: { kind: RecordKind; column: Column; record: Rec }) {
  const face = useFace(kind);
  if (column.view !== undefined) return <>{column.view(record)}</>;
  const field = kind.fields.get(column.id);
  if (field === undefined) return null;
  return <>{face.cell?.(record, field) ?? <FieldView field={field} record={record} isCell />}</>;
}

/** The field that a cell of a column edits; null for a column that only shows. */
export function editedField(kind: RecordKind, column: Column): Field | null {
  const field = kind.fields.get(column.id);
  return field === undefined || field.readOnly === true || field.immutable === true ? null : field;
}
