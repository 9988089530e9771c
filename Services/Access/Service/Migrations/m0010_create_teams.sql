-- Members who work together. member_ids are the ids as the record has them on the wire.
CREATE TABLE teams (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  name_key BYTEA NOT NULL DEFAULT '',
  description TEXT NOT NULL,
  type TEXT NOT NULL,
  manager_id BYTEA,
  parent_team_id BYTEA,
  active BOOLEAN,
  member_ids BYTEA,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX teams_by_name ON teams (tenant_id, name_key, id);
CREATE INDEX teams_by_parent ON teams (tenant_id, parent_team_id, id);

-- Where a member works; those that there are have the usual time zone.
ALTER TABLE members ADD COLUMN time_zone TEXT NOT NULL DEFAULT 'UTC';
