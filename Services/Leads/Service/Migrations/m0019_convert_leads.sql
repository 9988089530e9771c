-- What a lead was converted to, and the lead as it was before, as the record has it on the wire.
ALTER TABLE leads ADD COLUMN converted BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE leads ADD COLUMN conversion_time BIGINT;
ALTER TABLE leads ADD COLUMN account_id BYTEA;
ALTER TABLE leads ADD COLUMN contact_id BYTEA;
ALTER TABLE leads ADD COLUMN deal_id BYTEA;
ALTER TABLE leads ADD COLUMN conversion_override_reason TEXT NOT NULL DEFAULT '';

CREATE TABLE lead_conversions (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  lead_id BYTEA NOT NULL,
  before BYTEA NOT NULL,
  forget_time BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, lead_id)
);

CREATE INDEX lead_conversions_by_forget_time ON lead_conversions (tenant_id, forget_time);
