import type { Field } from "./fields";
import * as json from "./json";

/** An entry of a list that a tenant defines. */
export interface Entry {
  key: string;
  display_name: string;
  active: boolean;
  colour: string;
  position: number;
  /** What it belongs to, if others may have its key: for a stage, its pipeline. */
  within?: string;
  /** Its meaning to a record, beyond its name: for a stage, "open", "won" or "lost". */
  means?: string;
  /** Whether only a verb sets it: it cannot be chosen. */
  byVerb?: boolean;
}

/** An entry from the API's JSON. */
export function readEntry(raw: unknown): Entry {
  const from = json.object(raw);
  return {
    key: json.text(from["key"]),
    display_name: json.text(from["display_name"]),
    active: json.flag(from["active"]),
    colour: json.text(from["colour"]),
    position: json.number(from["position"]),
  };
}

/** The entries of a list that a record's field can have: without a record, one for each key. */
export function entriesFor<E extends { key: string; within?: string }>(
  field: Field,
  entries: readonly E[],
  record?: Readonly<Record<string, unknown>>,
): readonly E[] {
  if (field.within === undefined) return entries;
  if (record !== undefined) return entries.filter((entry) => entry.within === record[field.within ?? ""]);
  const first = new Map<string, E>();
  for (const entry of entries) if (!first.has(entry.key)) first.set(entry.key, entry);
  return [...first.values()];
}

/** The entries to choose from; a retired one, or one that only a verb sets, only if the record already has it. */
export function choosable<E extends { key: string; active: boolean; byVerb?: boolean }>(
  entries: readonly E[],
  isKept: (key: string) => boolean,
): readonly E[] {
  return entries.filter(({ key, active, byVerb }) => (active && byVerb !== true) || isKept(key));
}

/** The entry with a key; if several have it, the one that is within something, or the first. */
export function findEntry<E extends { key: string; within?: string }>(
  entries: readonly E[],
  key: string,
  within?: string,
): E | undefined {
  const all = entries.filter((entry) => entry.key === key);
  return all.find((entry) => entry.within === within) ?? all[0];
}
