CREATE TABLE rounds (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  display_name TEXT NOT NULL,
  display_name_key BYTEA NOT NULL,
  owner_id BYTEA,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX rounds_by_create_time ON rounds (tenant_id, create_time, id);
CREATE INDEX rounds_by_update_time ON rounds (tenant_id, update_time, id);
CREATE INDEX rounds_by_display_name ON rounds (tenant_id, display_name_key, id);
CREATE INDEX rounds_by_owner ON rounds (tenant_id, owner_id, create_time, id);
