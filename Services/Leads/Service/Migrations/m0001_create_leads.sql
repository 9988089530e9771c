-- What the service knows of its tenants, from the changes of Tenants and Access.

-- version grows with every change of what leads are made with: settings, statuses, sources, rules.
CREATE TABLE tenant_settings (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  version BIGINT NOT NULL,
  default_region TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  currency TEXT NOT NULL,
  PRIMARY KEY (tenant_id)
);

CREATE TABLE assignees (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  member_id BYTEA NOT NULL,
  takes_leads BOOLEAN NOT NULL,
  daily_cap BIGINT,
  is_active BOOLEAN NOT NULL,
  last_turn BIGINT NOT NULL,
  count_day TEXT NOT NULL,
  leads_today BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, member_id)
);

-- What tenants configure.

CREATE TABLE lead_statuses (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  key TEXT NOT NULL,
  display_name TEXT NOT NULL,
  position BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, key)
);

CREATE TABLE lead_sources (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  key TEXT NOT NULL,
  display_name TEXT NOT NULL,
  PRIMARY KEY (tenant_id, key)
);

CREATE TABLE scoring_rules (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  display_name TEXT NOT NULL,
  condition TEXT NOT NULL,
  points BIGINT NOT NULL,
  is_active BOOLEAN NOT NULL,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

-- One rescoring a tenant: where it stands. A change of rules sets it back to the beginning.
CREATE TABLE rescorings (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  is_running BOOLEAN NOT NULL,
  generation BIGINT NOT NULL,
  last_lead_id BYTEA,
  leads_done BIGINT NOT NULL,
  leads_changed BIGINT NOT NULL,
  start_time BIGINT NOT NULL,
  end_time BIGINT,
  PRIMARY KEY (tenant_id)
);

-- Leads. Times are microseconds since 1970. email_key and phone_key are what duplicates share, empty
-- where a lead has none; last_name_key and company_key are what lists are sorted by: lower case.
-- score_breakdown is one line a rule: id, points and name, between tabs.

CREATE TABLE leads (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  last_name_key TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  phone TEXT NOT NULL,
  phone_key TEXT NOT NULL,
  phone_valid BOOLEAN NOT NULL,
  job_title TEXT NOT NULL,
  company_name TEXT NOT NULL,
  company_key TEXT NOT NULL,
  industry TEXT NOT NULL,
  company_size BIGINT,
  annual_revenue_minor BIGINT,
  annual_revenue_currency TEXT,
  website TEXT NOT NULL,
  street_address TEXT NOT NULL,
  city TEXT NOT NULL,
  state TEXT NOT NULL,
  postal_code TEXT NOT NULL,
  country TEXT NOT NULL,
  source TEXT NOT NULL,
  medium TEXT NOT NULL,
  campaign TEXT NOT NULL,
  status TEXT NOT NULL,
  owner_id BYTEA,
  score BIGINT NOT NULL,
  band TEXT NOT NULL,
  score_breakdown TEXT NOT NULL,
  duplicate_of BYTEA,
  do_not_email BOOLEAN NOT NULL,
  do_not_call BOOLEAN NOT NULL,
  do_not_sms BOOLEAN NOT NULL,
  preferred_contact_method TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  description TEXT NOT NULL,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  last_activity_time BIGINT,
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX leads_by_create_time ON leads (tenant_id, create_time, id);
CREATE INDEX leads_by_update_time ON leads (tenant_id, update_time, id);
CREATE INDEX leads_by_last_activity_time
  ON leads (tenant_id, coalesce(last_activity_time, 0), id);
CREATE INDEX leads_by_score ON leads (tenant_id, score, id);
CREATE INDEX leads_by_last_name ON leads (tenant_id, last_name_key, id);
CREATE INDEX leads_by_company_name ON leads (tenant_id, company_key, id);
CREATE INDEX leads_by_status ON leads (tenant_id, status, create_time, id);
CREATE INDEX leads_by_source ON leads (tenant_id, source, create_time, id);
CREATE INDEX leads_by_owner ON leads (tenant_id, owner_id, create_time, id);
CREATE INDEX leads_by_band ON leads (tenant_id, band, create_time, id);
CREATE INDEX leads_by_email_key ON leads (tenant_id, email_key, id);
CREATE INDEX leads_by_phone_key ON leads (tenant_id, phone_key, id) WHERE phone_key <> '';
CREATE INDEX leads_by_original ON leads (tenant_id, duplicate_of, id)
  WHERE duplicate_of IS NOT NULL;
