-- Lists are sorted by collation keys, which are bytes. The service fills the new columns in the background
-- after it has started; until then they are empty.
DROP INDEX leads_by_last_name;
ALTER TABLE leads DROP COLUMN last_name_key;
ALTER TABLE leads ADD COLUMN last_name_key BYTEA NOT NULL DEFAULT '';
CREATE INDEX leads_by_last_name ON leads (tenant_id, last_name_key, id);
DROP INDEX leads_by_company_name;
ALTER TABLE leads DROP COLUMN company_name_key;
ALTER TABLE leads ADD COLUMN company_name_key BYTEA NOT NULL DEFAULT '';
CREATE INDEX leads_by_company_name ON leads (tenant_id, company_name_key, id);
DROP INDEX scoring_rules_by_name;
ALTER TABLE scoring_rules DROP COLUMN display_name_key;
ALTER TABLE scoring_rules ADD COLUMN display_name_key BYTEA NOT NULL DEFAULT '';
CREATE INDEX scoring_rules_by_name ON scoring_rules (tenant_id, display_name_key, id);
DROP INDEX lead_statuses_by_name;
ALTER TABLE lead_statuses DROP COLUMN display_name_key;
ALTER TABLE lead_statuses ADD COLUMN display_name_key BYTEA NOT NULL DEFAULT '';
CREATE INDEX lead_statuses_by_name ON lead_statuses (tenant_id, display_name_key, id);
DROP INDEX lead_sources_by_name;
ALTER TABLE lead_sources DROP COLUMN display_name_key;
ALTER TABLE lead_sources ADD COLUMN display_name_key BYTEA NOT NULL DEFAULT '';
CREATE INDEX lead_sources_by_name ON lead_sources (tenant_id, display_name_key, id);
-- An address as addresses are compared: in lower case, and in the form of text that looks the same.
ALTER TABLE leads RENAME COLUMN email_key TO email_folded;
