import type { Field } from "./fields";
import type { RecordKind } from "./recordKind";
import type { ColumnMapping } from "./types";
import { words } from "../words/imports";

/** The fields of a kind that a file can fill; owners are assigned, not imported. */
export function importableFields(kind: RecordKind): readonly Field[] {
  const shown = [...kind.keys, ...kind.groups.flatMap((group) => group.fields)];
  return shown.filter((field) => field.name !== kind.owner && field.readOnly !== true);
}

/** What a mapping lacks so that its rows can become records of a kind, in sentences. */
export function mappingGaps(kind: RecordKind, mapping: readonly ColumnMapping[]): string[] {
  const filled = new Set(mapping.map((each) => each.field));
  const offered = new Set(importableFields(kind));
  return kind.needs
    .filter((fields) => fields.some((field) => offered.has(field)) && !fields.some(({ name }) => filled.has(name)))
    .map((fields) => words.columns.unfilled(fields.map(({ label }) => label)));
}

/** The fields that several columns fill; in each row the first with a value counts. */
export function sharedFields(
  fields: readonly Field[],
  mapping: readonly ColumnMapping[],
): readonly Field[] {
  return fields.filter(
    (field) => mapping.filter((each) => each.field === field.name).length > 1,
  );
}

/** The mapping with one column's field changed; columns are told apart by their place. */
export function remapped(
  mapping: readonly ColumnMapping[],
  place: number,
  field: string,
): ColumnMapping[] {
  return mapping.map((each, at) => (at === place ? { ...each, field } : each));
}

/** One mapping per column of the file, whatever the suggestion left out. */
export function fullMapping(
  columns: readonly string[],
  suggested: readonly ColumnMapping[],
): ColumnMapping[] {
  return columns.map((column, place) => {
    const same = suggested[place]?.column === column ? suggested[place] : undefined;
    const named = same ?? suggested.find((each) => each.column === column);
    return { column, field: named?.field ?? "" };
  });
}

/** A name for a source system that the API takes: lower-case letters, digits and underscores. */
export function systemKey(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 60);
}
