-- Grows with every change of scoring rules, so that a score computed under older ones is known.
ALTER TABLE rules_versions ADD COLUMN scoring BIGINT NOT NULL DEFAULT 1;

-- Leads whose score could not be foreseen when they were written: they are scored next.
CREATE TABLE leads_to_score (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  lead_id BYTEA NOT NULL,
  PRIMARY KEY (tenant_id, lead_id)
);
