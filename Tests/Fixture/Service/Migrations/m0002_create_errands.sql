CREATE TABLE errands (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  title TEXT NOT NULL,
  title_key BYTEA NOT NULL,
  notes TEXT NOT NULL,
  minutes BIGINT,
  state TEXT NOT NULL,
  owner_id BYTEA,
  team_id BYTEA,
  assignee_ids BYTEA,
  round_id BYTEA,
  due_time BIGINT,
  budget_minor BIGINT,
  budget_currency TEXT,
  urgent BOOLEAN NOT NULL,
  reference TEXT NOT NULL,
  day TEXT,
  labels BYTEA,
  custom TEXT,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  place_street TEXT NOT NULL,
  place_city TEXT NOT NULL,
  place_city_key BYTEA NOT NULL,
  place_floor BIGINT,
  for_everybody BOOLEAN NOT NULL,
  related BYTEA,
  source TEXT,
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX errands_by_create_time ON errands (tenant_id, create_time, id);
CREATE INDEX errands_by_owner ON errands (tenant_id, owner_id, create_time, id);

CREATE TABLE errand_related (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  target_id BYTEA NOT NULL,
  record_id BYTEA NOT NULL,
  PRIMARY KEY (tenant_id, target_id, record_id)
);

CREATE INDEX errand_related_by_record ON errand_related (tenant_id, record_id);

CREATE TABLE errand_totals (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  state TEXT NOT NULL,
  owner_id BYTEA NOT NULL,
  team_id BYTEA NOT NULL,
  day_month TEXT NOT NULL,
  urgent BOOLEAN NOT NULL,
  currency TEXT NOT NULL,
  record_count BIGINT NOT NULL,
  amount_high BIGINT NOT NULL,
  amount_low BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, state, owner_id, team_id, day_month, urgent, currency)
);

CREATE TABLE errand_loads (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  round_id BYTEA NOT NULL,
  currency TEXT NOT NULL,
  record_count BIGINT NOT NULL,
  amount_high BIGINT NOT NULL,
  amount_low BIGINT NOT NULL,
  weighted_high BIGINT NOT NULL,
  weighted_low BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, round_id, currency)
);
