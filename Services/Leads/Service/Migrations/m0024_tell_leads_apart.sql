-- Leads that people said are no duplicates of each other.
ALTER TABLE leads ADD COLUMN duplicate_resolution_status TEXT NOT NULL DEFAULT 'none';
ALTER TABLE leads ADD COLUMN not_duplicate_of BYTEA;

CREATE TABLE leads_told_apart (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  target_id BYTEA NOT NULL,
  record_id BYTEA NOT NULL,
  PRIMARY KEY (tenant_id, target_id, record_id)
);

CREATE INDEX leads_told_apart_by_record ON leads_told_apart (tenant_id, record_id);
