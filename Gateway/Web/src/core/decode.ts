import type {
  Import,
  Lead,
  LeadSource,
  LeadStatus,
  MappingSuggestion,
  Member,
  RefusedRow,
  Rescoring,
  ScoringRule,
  Session,
} from "./types";

// proto3 JSON leaves out what has its default value; these put it back, so that the rest of the
// page never asks whether a field is there.

type Raw<T> = Partial<T> | undefined;

export function lead(raw: Raw<Lead>): Lead {
  return { ...emptyLead, ...raw };
}

export function member(raw: Raw<Member>): Member {
  return { ...emptyMember, ...raw };
}

export function session(raw: Raw<Session>): Session {
  return {
    tenant_id: "",
    tenant_name: "",
    permissions: [],
    csrf_token: "",
    ...raw,
    member: member(raw?.member),
  };
}

export function leadStatus(raw: Raw<LeadStatus>): LeadStatus {
  return { key: "", display_name: "", position: 0, ...raw };
}

export function leadSource(raw: Raw<LeadSource>): LeadSource {
  return { key: "", display_name: "", ...raw };
}

export function scoringRule(raw: Raw<ScoringRule>): ScoringRule {
  return { id: "", etag: "", display_name: "", condition: "", points: 0, active: true, ...raw };
}

export function rescoring(raw: Raw<Rescoring>): Rescoring {
  return {
    running: false,
    leads_done: "0",
    leads_changed: "0",
    start_time: "",
    end_time: "",
    ...raw,
  };
}

export function importOf(raw: Raw<Import>): Import {
  const remarks = (raw?.remarks ?? []).map((each) => ({
    ...{ field: "", value: "", text: "", rows: "0" },
    ...each,
  }));
  return { ...emptyImport, ...raw, remarks, mapping: mappings(raw?.mapping) };
}

export function refusedRow(raw: Raw<RefusedRow>): RefusedRow {
  return { line: "0", column: "", field: "", reason: "", ...raw };
}

export function mappingSuggestion(raw: Raw<MappingSuggestion>): MappingSuggestion {
  return {
    source_system: "csv",
    external_id_column: "",
    ...raw,
    mapping: mappings(raw?.mapping),
  };
}

function mappings(raw: Partial<Import["mapping"][number]>[] | undefined): Import["mapping"] {
  return (raw ?? []).map((each) => ({ column: "", field: "", ...each }));
}

const emptyLead: Lead = {
  id: "",
  etag: "",
  first_name: "",
  last_name: "",
  email: "",
  phone: "",
  phone_valid: false,
  job_title: "",
  company_name: "",
  industry: "",
  company_size: null,
  annual_revenue: null,
  website: "",
  street_address: "",
  city: "",
  state: "",
  postal_code: "",
  country: "",
  source: "",
  medium: "",
  campaign: "",
  status: "",
  owner_id: "",
  score: 0,
  band: "",
  score_breakdown: [],
  duplicate_of: "",
  do_not_email: false,
  do_not_call: false,
  do_not_sms: false,
  preferred_contact_method: "",
  time_zone: "",
  description: "",
  create_time: "",
  update_time: "",
  last_activity_time: "",
};

const emptyMember: Member = {
  id: "",
  etag: "",
  email: "",
  display_name: "",
  role: "",
  owner: false,
  takes_leads: false,
  daily_lead_cap: null,
  active: false,
  create_time: "",
};

const emptyImport: Import = {
  id: "",
  file_name: "",
  source_system: "",
  mapping: [],
  external_id_column: "",
  state: "IMPORT_STATE_UNSPECIFIED",
  received_bytes: "0",
  processed_bytes: "0",
  rows: "0",
  created: "0",
  duplicates: "0",
  unchanged: "0",
  refused: "0",
  remarks: [],
  failure: "",
  creator: "",
  create_time: "",
  start_time: "",
  end_time: "",
};
