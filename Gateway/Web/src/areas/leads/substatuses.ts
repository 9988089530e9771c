import { decodeLeadStatus } from "../../core/api.generated";
import { type Entry, readEntry } from "../../core/entries";

/** A status as an entry; one of type converted can only be reached by converting the lead. */
export function statusEntries(row: unknown): readonly Entry[] {
  return [{ ...readEntry(row), byVerb: decodeLeadStatus(row).status_type === "converted" }];
}

/** The substatuses of a status, in their order: leads have their names. */
export function substatusEntries(row: unknown): readonly Entry[] {
  const { key, substatuses } = decodeLeadStatus(row);
  return substatuses.map((name, position) => ({
    key: name,
    display_name: name,
    active: true,
    colour: "",
    position,
    within: key,
  }));
}
