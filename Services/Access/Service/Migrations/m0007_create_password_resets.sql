-- What a member may set a new password with: one at a time, of which only a hash is kept.
CREATE TABLE password_resets (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  member_id BYTEA NOT NULL,
  token_hash BYTEA NOT NULL,
  expire_time BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, member_id),
  UNIQUE (tenant_id, token_hash),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id)
);
