import { leadFields, type LeadField } from "./leadFields";
import type { Lead, ListedLead } from "./types";

/** A field that somebody else changed. */
export interface ForeignChange {
  field: LeadField;
  before: ListedLead;
  after: Lead;
}

/** What happened to a lead between the state somebody read and the state it is in, as far as they read it. */
export function foreignChanges(read: ListedLead, present: Lead): ForeignChange[] {
  return leadFields
    .filter((field) => field.name in read && !sameValue(read[field.name], present[field.name]))
    .map((field) => ({ field, before: read, after: present }));
}

/** Whether two values of a field are the same to a reader. */
export function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
