// The resources of the REST API as this page uses them. Their types are made from the protos: an
// int64 is a decimal string; a time is an RFC 3339 string, "" when unset.
import type { Lead } from "./api.generated";

export type {
  ColumnMapping,
  Import,
  ImportRemark,
  ImportState,
  Lead,
  LeadSource,
  LeadStatus,
  Member,
  Money,
  RefusedRow,
  Rescoring,
  ScoringRule,
  SuggestMappingResponse as MappingSuggestion,
} from "./api.generated";
export type { Session } from "./session";

/** What the lead list asks of each lead. */
export const listedFields = [
  "id",
  "etag",
  "first_name",
  "last_name",
  "email",
  "phone",
  "phone_valid",
  "company_name",
  "source",
  "status",
  "owner_id",
  "score",
  "band",
  "create_time",
  "last_activity_time",
] as const;

/** A lead as its list knows it, which may be the whole of it. */
export type ListedLead = Pick<Lead, (typeof listedFields)[number]> & Partial<Lead>;

/** The part of a lead that its list knows. */
export function asListed(lead: ListedLead): ListedLead {
  const listed: Partial<Lead> = Object.fromEntries(listedFields.map((name) => [name, lead[name]]));
  return listed as ListedLead;
}

export type Band = Exclude<Lead["band"], "">;

/** One page of a list; `next` is "" on the last. */
export interface Page<T> {
  rows: T[];
  next: string;
  /** How many match in all, and whether it is only known to be more than that. */
  total?: number;
  more?: boolean;
}
