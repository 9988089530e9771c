import { words } from "../words/lists";
import { isFilterable } from "./conditions";
import type { Field } from "./fields";
import type { Option } from "./options";
import type { RecordKind } from "./recordKind";

// Which fields a list offers to filter by, and in which order.

/** How often filters on a field were added, by its name; kept on the device. */
export type FilterUses = Readonly<Record<string, number>>;

const mostSuggested = 6;

/**
 * The fields that a list can be filtered by, without those in `shown`: first those that were added most
 * often and, while these are few, those of the default columns; then the groups of the record's page.
 */
export function filterOptions(kind: RecordKind, shown: readonly string[], uses: FilterUses): readonly Option[] {
  const all = [...kind.fields.values()].filter((field) => isFilterable(field) && !shown.includes(field.name));
  const used = all
    .filter(({ name }) => usesOf(uses, name) > 0)
    .sort((a, b) => usesOf(uses, b.name) - usesOf(uses, a.name));
  const listed = kind.columns
    .filter((column) => column.isChosen)
    .flatMap(({ id, fields }) => kind.fields.get(id) ?? kind.fields.get(fields[0] ?? "") ?? []);
  const suggested = [...new Set([...used, ...listed])].filter((field) => all.includes(field));
  const groups = [
    { title: words.filters.suggested, fields: suggested.slice(0, mostSuggested) },
    ...kind.groups,
    { title: words.filters.others, fields: all },
  ];
  const options = new Map<string, Option>();
  for (const { title, fields } of groups) {
    for (const field of fields) {
      if (all.includes(field) && !options.has(field.name)) options.set(field.name, optionOf(field, title));
    }
  }
  return [...options.values()];
}

function optionOf({ name, label }: Field, group: string): Option {
  return { value: name, label, group };
}

function usesOf(uses: FilterUses, name: string): number {
  return Object.hasOwn(uses, name) ? (uses[name] ?? 0) : 0;
}

/** What was kept, as far as the kind has those fields. */
export function readFilterUses(kind: RecordKind, text: string | null): FilterUses {
  try {
    const given: unknown = JSON.parse(text ?? "{}");
    const entries = Object.entries(given as Record<string, unknown>);
    return Object.fromEntries(
      entries.filter(([name, count]) => kind.fields.has(name) && Number.isSafeInteger(count)),
    ) as FilterUses;
  } catch {
    return {};
  }
}

/** With one more use of a field. */
export function withFilterUse(uses: FilterUses, name: string): FilterUses {
  return { ...uses, [name]: usesOf(uses, name) + 1 };
}
