CREATE TABLE accounts (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  name_key BYTEA NOT NULL,
  type TEXT NOT NULL,
  lifecycle TEXT NOT NULL,
  parent_id BYTEA,
  owner_id BYTEA,
  team_id BYTEA,
  domains BYTEA,
  website TEXT NOT NULL,
  phone TEXT NOT NULL,
  industry TEXT NOT NULL,
  employees BIGINT,
  annual_revenue_minor BIGINT,
  annual_revenue_currency TEXT,
  billing_address_street TEXT NOT NULL,
  billing_address_city TEXT NOT NULL,
  billing_address_state TEXT NOT NULL,
  billing_address_postal_code TEXT NOT NULL,
  billing_address_country TEXT NOT NULL,
  shipping_address_street TEXT NOT NULL,
  shipping_address_city TEXT NOT NULL,
  shipping_address_state TEXT NOT NULL,
  shipping_address_postal_code TEXT NOT NULL,
  shipping_address_country TEXT NOT NULL,
  description TEXT NOT NULL,
  archived BOOLEAN NOT NULL,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  has_open_deal BOOLEAN NOT NULL,
  last_won_date TEXT,
  won_in_12_months BOOLEAN NOT NULL,
  health_score BIGINT,
  health TEXT NOT NULL,
  health_reasons BYTEA,
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX accounts_by_create_time ON accounts (tenant_id, create_time, id);
CREATE INDEX accounts_by_update_time ON accounts (tenant_id, update_time, id);
CREATE INDEX accounts_by_name ON accounts (tenant_id, name_key, id);
CREATE INDEX accounts_by_owner ON accounts (tenant_id, owner_id, create_time, id);
CREATE INDEX accounts_by_team ON accounts (tenant_id, team_id, create_time, id);
CREATE INDEX accounts_by_parent ON accounts (tenant_id, parent_id, create_time, id);
CREATE INDEX accounts_by_health_score ON accounts (tenant_id, health_score, id);
CREATE INDEX accounts_by_health ON accounts (tenant_id, health, create_time, id);
-- Whose last win will be too long ago to count.
CREATE INDEX accounts_won ON accounts (tenant_id, last_won_date) WHERE won_in_12_months;

CREATE TABLE contacts (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  last_name_key BYTEA NOT NULL,
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL,
  phone TEXT NOT NULL,
  phone_key TEXT NOT NULL,
  phone_valid BOOLEAN NOT NULL,
  job_title TEXT NOT NULL,
  account_id BYTEA,
  accounts BYTEA,
  account_ids BYTEA,
  reports_to_id BYTEA,
  owner_id BYTEA,
  team_id BYTEA,
  email_consent TEXT NOT NULL,
  phone_consent TEXT NOT NULL,
  sms_consent TEXT NOT NULL,
  duplicate_of BYTEA,
  duplicate_resolution_status TEXT NOT NULL,
  not_duplicate_of BYTEA,
  description TEXT NOT NULL,
  display_name TEXT NOT NULL,
  display_name_key BYTEA NOT NULL,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX contacts_by_create_time ON contacts (tenant_id, create_time, id);
CREATE INDEX contacts_by_update_time ON contacts (tenant_id, update_time, id);
CREATE INDEX contacts_by_last_name ON contacts (tenant_id, last_name_key, id);
CREATE INDEX contacts_by_display_name ON contacts (tenant_id, display_name_key, id);
CREATE INDEX contacts_by_email ON contacts (tenant_id, email_folded, id);
CREATE INDEX contacts_by_phone ON contacts (tenant_id, phone_key, id);
CREATE INDEX contacts_by_duplicate_of ON contacts (tenant_id, duplicate_of, id);
CREATE INDEX contacts_by_account ON contacts (tenant_id, account_id, create_time, id);
CREATE INDEX contacts_by_reports_to ON contacts (tenant_id, reports_to_id, create_time, id);
CREATE INDEX contacts_by_owner ON contacts (tenant_id, owner_id, create_time, id);
CREATE INDEX contacts_by_team ON contacts (tenant_id, team_id, create_time, id);

CREATE TABLE contact_accounts (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  target_id BYTEA NOT NULL,
  record_id BYTEA NOT NULL,
  PRIMARY KEY (tenant_id, target_id, record_id)
);

CREATE INDEX contact_accounts_by_record ON contact_accounts (tenant_id, record_id);

CREATE TABLE contacts_told_apart (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  target_id BYTEA NOT NULL,
  record_id BYTEA NOT NULL,
  PRIMARY KEY (tenant_id, target_id, record_id)
);

CREATE INDEX contacts_told_apart_by_record ON contacts_told_apart (tenant_id, record_id);

CREATE TABLE pipelines (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  display_name TEXT NOT NULL,
  display_name_key BYTEA NOT NULL,
  is_default BOOLEAN NOT NULL,
  stages BYTEA,
  former_stages BYTEA,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX pipelines_by_create_time ON pipelines (tenant_id, create_time, id);
CREATE INDEX pipelines_by_update_time ON pipelines (tenant_id, update_time, id);
CREATE INDEX pipelines_by_name ON pipelines (tenant_id, display_name_key, id);

CREATE TABLE deals (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  name_key BYTEA NOT NULL,
  amount_minor BIGINT,
  amount_currency TEXT,
  revenue_type TEXT NOT NULL,
  annual_amount_minor BIGINT,
  annual_amount_currency TEXT,
  probability BIGINT,
  probability_reason TEXT NOT NULL,
  weighted_amount_minor BIGINT,
  weighted_amount_currency TEXT,
  pipeline_id BYTEA,
  stage TEXT NOT NULL,
  status TEXT NOT NULL,
  forecast_category TEXT NOT NULL,
  start_date TEXT,
  expected_close_date TEXT,
  close_date TEXT,
  forecast_date TEXT,
  cycle_days BIGINT,
  owner_id BYTEA,
  team_id BYTEA,
  account_id BYTEA,
  contacts BYTEA,
  contact_ids BYTEA,
  lead_id BYTEA,
  competitor TEXT NOT NULL,
  next_step TEXT NOT NULL,
  win_reason TEXT NOT NULL,
  loss_reason TEXT NOT NULL,
  description TEXT NOT NULL,
  stage_change_time BIGINT,
  rot_time BIGINT,
  rank BIGINT NOT NULL,
  last_activity_time BIGINT,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX deals_by_create_time ON deals (tenant_id, create_time, id);
CREATE INDEX deals_by_update_time ON deals (tenant_id, update_time, id);
CREATE INDEX deals_by_name ON deals (tenant_id, name_key, id);
CREATE INDEX deals_by_amount ON deals (tenant_id, amount_minor, id);
CREATE INDEX deals_by_probability ON deals (tenant_id, probability, id);
CREATE INDEX deals_by_start_date ON deals (tenant_id, start_date, id);
CREATE INDEX deals_by_expected_close_date ON deals (tenant_id, expected_close_date, id);
CREATE INDEX deals_by_close_date ON deals (tenant_id, close_date, id);
CREATE INDEX deals_by_forecast_date ON deals (tenant_id, forecast_date, id);
CREATE INDEX deals_by_stage_change_time ON deals (tenant_id, stage_change_time, id);
CREATE INDEX deals_by_last_activity_time ON deals (tenant_id, last_activity_time, id);
CREATE INDEX deals_by_rank ON deals (tenant_id, rank, id);
-- A column of a board, and what an owner or a team has of it.
CREATE INDEX deals_by_stage ON deals (tenant_id, pipeline_id, stage, rank, id);
CREATE INDEX deals_by_owner_and_stage ON deals (tenant_id, owner_id, pipeline_id, stage, rank, id);
CREATE INDEX deals_by_team_and_stage ON deals (tenant_id, team_id, pipeline_id, stage, rank, id);
CREATE INDEX deals_by_status ON deals (tenant_id, status, create_time, id);
CREATE INDEX deals_by_owner ON deals (tenant_id, owner_id, create_time, id, status);
CREATE INDEX deals_by_team ON deals (tenant_id, team_id, create_time, id, status);
CREATE INDEX deals_by_account ON deals (tenant_id, account_id, create_time, id);
-- What an account's health rests on.
CREATE INDEX deals_open_of_account ON deals (tenant_id, account_id) WHERE status = 'open';
CREATE INDEX deals_won_of_account ON deals (tenant_id, account_id, close_date)
  WHERE status = 'won';
CREATE INDEX deals_by_win_reason ON deals (tenant_id, win_reason, id);
CREATE INDEX deals_by_loss_reason ON deals (tenant_id, loss_reason, id);

CREATE TABLE deal_contacts (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  target_id BYTEA NOT NULL,
  record_id BYTEA NOT NULL,
  PRIMARY KEY (tenant_id, target_id, record_id)
);

CREATE INDEX deal_contacts_by_record ON deal_contacts (tenant_id, record_id);

-- Counts and sums that are kept of deals; those of amounts are in halves: high * 2^32 + low.
CREATE TABLE deal_totals (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  pipeline_id BYTEA NOT NULL,
  stage TEXT NOT NULL,
  forecast_category TEXT NOT NULL,
  owner_id BYTEA NOT NULL,
  team_id BYTEA NOT NULL,
  currency TEXT NOT NULL,
  record_count BIGINT NOT NULL,
  amount_high BIGINT NOT NULL,
  amount_low BIGINT NOT NULL,
  weighted_high BIGINT NOT NULL,
  weighted_low BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, pipeline_id, stage, forecast_category, owner_id, team_id, currency)
);

CREATE INDEX deal_totals_by_owner ON deal_totals (tenant_id, owner_id, pipeline_id);
CREATE INDEX deal_totals_by_team ON deal_totals (tenant_id, team_id, pipeline_id);

-- The same by the month of their forecast date.
CREATE TABLE deal_forecasts (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  forecast_date_month TEXT NOT NULL,
  pipeline_id BYTEA NOT NULL,
  forecast_category TEXT NOT NULL,
  owner_id BYTEA NOT NULL,
  team_id BYTEA NOT NULL,
  currency TEXT NOT NULL,
  record_count BIGINT NOT NULL,
  amount_high BIGINT NOT NULL,
  amount_low BIGINT NOT NULL,
  weighted_high BIGINT NOT NULL,
  weighted_low BIGINT NOT NULL,
  PRIMARY KEY (
    tenant_id, forecast_date_month, pipeline_id, forecast_category, owner_id, team_id, currency
  )
);

CREATE INDEX deal_forecasts_by_owner ON deal_forecasts (tenant_id, owner_id, forecast_date_month);
CREATE INDEX deal_forecasts_by_team ON deal_forecasts (tenant_id, team_id, forecast_date_month);

-- What they were on the days gone by, and which days these are.
CREATE TABLE deal_forecast_snapshots (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  snapshot_date TEXT NOT NULL,
  forecast_date_month TEXT NOT NULL,
  pipeline_id BYTEA NOT NULL,
  forecast_category TEXT NOT NULL,
  owner_id BYTEA NOT NULL,
  team_id BYTEA NOT NULL,
  currency TEXT NOT NULL,
  record_count BIGINT NOT NULL,
  amount_high BIGINT NOT NULL,
  amount_low BIGINT NOT NULL,
  weighted_high BIGINT NOT NULL,
  weighted_low BIGINT NOT NULL,
  PRIMARY KEY (
    tenant_id, snapshot_date, forecast_date_month, pipeline_id, forecast_category, owner_id,
    team_id, currency
  )
);

CREATE TABLE deal_forecast_days (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  day TEXT NOT NULL,
  is_whole BOOLEAN NOT NULL,
  PRIMARY KEY (tenant_id, day)
);

-- Counts and sums that are kept of deals by the days on which they began and were closed.
CREATE TABLE deal_starts (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  start_date TEXT NOT NULL,
  owner_id BYTEA NOT NULL,
  team_id BYTEA NOT NULL,
  currency TEXT NOT NULL,
  record_count BIGINT NOT NULL,
  amount_high BIGINT NOT NULL,
  amount_low BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, start_date, owner_id, team_id, currency)
);

CREATE INDEX deal_starts_by_owner ON deal_starts (tenant_id, owner_id, start_date);
CREATE INDEX deal_starts_by_team ON deal_starts (tenant_id, team_id, start_date);

CREATE TABLE deal_closes (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  close_date TEXT NOT NULL,
  status TEXT NOT NULL,
  owner_id BYTEA NOT NULL,
  team_id BYTEA NOT NULL,
  currency TEXT NOT NULL,
  record_count BIGINT NOT NULL,
  amount_high BIGINT NOT NULL,
  amount_low BIGINT NOT NULL,
  number_sum BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, close_date, status, owner_id, team_id, currency)
);

CREATE INDEX deal_closes_by_owner ON deal_closes (tenant_id, owner_id, close_date);
CREATE INDEX deal_closes_by_team ON deal_closes (tenant_id, team_id, close_date);

-- The stages that a deal has been in; the last one, which it has not left, is where it is.
CREATE TABLE stage_visits (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  record_id BYTEA NOT NULL,
  number BIGINT NOT NULL,
  pipeline_id BYTEA NOT NULL,
  stage TEXT NOT NULL,
  enter_time BIGINT NOT NULL,
  leave_time BIGINT,
  moved_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, record_id, number)
);

CREATE TABLE win_reasons (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  key TEXT NOT NULL,
  display_name TEXT NOT NULL,
  display_name_key BYTEA NOT NULL,
  position BIGINT NOT NULL,
  active BOOLEAN NOT NULL,
  colour TEXT NOT NULL,
  description TEXT NOT NULL,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, key)
);

CREATE INDEX win_reasons_by_position ON win_reasons (tenant_id, position, id);
CREATE INDEX win_reasons_by_name ON win_reasons (tenant_id, display_name_key, id);

CREATE TABLE loss_reasons (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  key TEXT NOT NULL,
  display_name TEXT NOT NULL,
  display_name_key BYTEA NOT NULL,
  position BIGINT NOT NULL,
  active BOOLEAN NOT NULL,
  colour TEXT NOT NULL,
  description TEXT NOT NULL,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, key)
);

CREATE INDEX loss_reasons_by_position ON loss_reasons (tenant_id, position, id);
CREATE INDEX loss_reasons_by_name ON loss_reasons (tenant_id, display_name_key, id);
