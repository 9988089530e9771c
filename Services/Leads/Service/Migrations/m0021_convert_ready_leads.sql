-- Leads that are to be converted by themselves; each goes when its conversion begins.
CREATE TABLE leads_to_convert (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  lead_id BYTEA NOT NULL,
  PRIMARY KEY (tenant_id, lead_id)
);
