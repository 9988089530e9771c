-- Lists as members want to see them again.
CREATE TABLE saved_views (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  object TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key BYTEA NOT NULL DEFAULT '',
  address TEXT NOT NULL,
  shared BOOLEAN NOT NULL,
  owner_id BYTEA,
  position BIGINT NOT NULL,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX saved_views_by_owner ON saved_views (tenant_id, owner_id, id);
CREATE INDEX saved_views_by_position ON saved_views (tenant_id, position, name_key, id);
