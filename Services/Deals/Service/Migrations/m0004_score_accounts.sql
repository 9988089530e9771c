CREATE TABLE health_rules (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  display_name TEXT NOT NULL,
  display_name_key BYTEA NOT NULL,
  condition TEXT NOT NULL,
  points BIGINT NOT NULL,
  active BOOLEAN NOT NULL,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX health_rules_by_create_time ON health_rules (tenant_id, create_time, id);
CREATE INDEX health_rules_by_update_time ON health_rules (tenant_id, update_time, id);
CREATE INDEX health_rules_by_name ON health_rules (tenant_id, display_name_key, id);
CREATE INDEX health_rules_by_points ON health_rules (tenant_id, points, id);

-- Accounts whose health is computed next, and where the computation of all of them stands.
CREATE TABLE accounts_to_score (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  account_id BYTEA NOT NULL,
  PRIMARY KEY (tenant_id, account_id)
);

CREATE TABLE rescorings (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  is_running BOOLEAN NOT NULL,
  generation BIGINT NOT NULL,
  last_account_id BYTEA,
  accounts_done BIGINT NOT NULL,
  accounts_changed BIGINT NOT NULL,
  start_time BIGINT NOT NULL,
  end_time BIGINT,
  PRIMARY KEY (tenant_id)
);
