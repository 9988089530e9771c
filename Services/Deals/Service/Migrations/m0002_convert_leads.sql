-- Accounts are found by the domains of their addresses, and by name in any case. The service makes the names'
-- form when an account is written.
ALTER TABLE accounts ADD COLUMN name_folded TEXT NOT NULL DEFAULT '';
CREATE INDEX accounts_by_folded_name ON accounts (tenant_id, name_folded, id);

CREATE TABLE account_domains (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  domain TEXT NOT NULL,
  account_id BYTEA NOT NULL,
  PRIMARY KEY (tenant_id, domain, account_id)
);

CREATE INDEX account_domains_by_account ON account_domains (tenant_id, account_id);

-- What each record that was made or changed for a lead was before, and its version since.
CREATE TABLE conversions (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  source_id BYTEA NOT NULL,
  object TEXT NOT NULL,
  record_id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  before BYTEA,
  forget_time BIGINT,
  PRIMARY KEY (tenant_id, source_id, object)
);

CREATE INDEX conversions_by_record ON conversions (tenant_id, record_id);
CREATE INDEX conversions_by_forget_time ON conversions (tenant_id, forget_time);
