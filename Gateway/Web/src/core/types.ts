// The resources of the REST API as this page uses them: proto3 JSON with the protos' own names.
// An int64 is a decimal string; a time is an RFC 3339 string, "" when unset.

export interface Money {
  amount_minor: string;
  currency: string;
}

export interface ScoreComponent {
  rule_id: string;
  name: string;
  points: number;
}

export type Band = "cold" | "warm" | "hot" | "very_hot";

export interface Lead {
  id: string;
  etag: string;
  first_name: string;
  last_name: string;
  email: string;
  phone: string;
  phone_valid: boolean;
  job_title: string;
  company_name: string;
  industry: string;
  company_size: number | null;
  annual_revenue: Money | null;
  website: string;
  street_address: string;
  city: string;
  state: string;
  postal_code: string;
  country: string;
  source: string;
  medium: string;
  campaign: string;
  status: string;
  owner_id: string;
  score: number;
  band: Band | "";
  score_breakdown: ScoreComponent[];
  duplicate_of: string;
  do_not_email: boolean;
  do_not_call: boolean;
  do_not_sms: boolean;
  preferred_contact_method: string;
  time_zone: string;
  description: string;
  create_time: string;
  update_time: string;
  last_activity_time: string;
}

export interface Member {
  id: string;
  etag: string;
  email: string;
  display_name: string;
  role: string;
  owner: boolean;
  takes_leads: boolean;
  daily_lead_cap: number | null;
  active: boolean;
  create_time: string;
}

export interface Session {
  member: Member;
  tenant_id: string;
  tenant_name: string;
  /** What the member may do, as "object.action". */
  permissions: string[];
  csrf_token: string;
}

export interface LeadStatus {
  key: string;
  display_name: string;
  position: number;
}

export interface LeadSource {
  key: string;
  display_name: string;
}

export interface ScoringRule {
  id: string;
  etag: string;
  display_name: string;
  /** In CEL. */
  condition: string;
  points: number;
  active: boolean;
}

export interface Rescoring {
  running: boolean;
  leads_done: string;
  leads_changed: string;
  start_time: string;
  end_time: string;
}

export interface ColumnMapping {
  column: string;
  /** The lead's field; "" to leave the column out. */
  field: string;
}

export interface ImportRemark {
  field: string;
  value: string;
  text: string;
  rows: string;
}

export type ImportState =
  | "IMPORT_STATE_UNSPECIFIED"
  | "IMPORT_STATE_RECEIVING"
  | "IMPORT_STATE_RUNNING"
  | "IMPORT_STATE_SUCCEEDED"
  | "IMPORT_STATE_FAILED"
  | "IMPORT_STATE_CANCELLED";

export interface Import {
  id: string;
  file_name: string;
  source_system: string;
  mapping: ColumnMapping[];
  external_id_column: string;
  state: ImportState;
  received_bytes: string;
  processed_bytes: string;
  rows: string;
  created: string;
  duplicates: string;
  unchanged: string;
  refused: string;
  remarks: ImportRemark[];
  failure: string;
  creator: string;
  create_time: string;
  start_time: string;
  end_time: string;
}

export interface RefusedRow {
  line: string;
  column: string;
  field: string;
  reason: string;
}

export interface MappingSuggestion {
  source_system: string;
  mapping: ColumnMapping[];
  external_id_column: string;
}

/** One page of a list; `next` is "" on the last. */
export interface Page<T> {
  rows: T[];
  next: string;
  /** How many match in all, and whether it is only known to be more than that. */
  total?: number;
  more?: boolean;
}
