/** Where the API has the lists that a tenant defines, by the names that fields have for them. */
export const picklists: Readonly<Record<string, { api: string; rows: string }>> = {
  lead_status: { api: "/api/v1/lead-statuses", rows: "lead_statuses" },
  lead_source: { api: "/api/v1/lead-sources", rows: "lead_sources" },
};
