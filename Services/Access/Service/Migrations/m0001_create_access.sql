-- Members. email_key and name_key are lower case: what addresses are unique and lists sorted by.
-- password_hash is an Argon2id PHC string and leaves this table for nothing but verification.

CREATE TABLE members (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  display_name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  role TEXT NOT NULL,
  is_owner BOOLEAN NOT NULL,
  takes_leads BOOLEAN NOT NULL,
  daily_lead_cap BIGINT,
  is_active BOOLEAN NOT NULL,
  password_hash TEXT NOT NULL,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, email_key)
);

CREATE UNIQUE INDEX members_one_owner ON members (tenant_id) WHERE is_owner;
CREATE INDEX members_by_name ON members (tenant_id, name_key, id);

-- Sessions: one for each login, until it expires or is ended. Those past their end are deleted at
-- their member's next login.

CREATE TABLE sessions (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  member_id BYTEA NOT NULL,
  create_time BIGINT NOT NULL,
  expire_time BIGINT NOT NULL,
  end_time BIGINT,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id)
);

CREATE INDEX sessions_by_member ON sessions (tenant_id, member_id, id);

-- Failed logins, by a hash of the address that was tried: most are nobody's, and none is kept.

CREATE TABLE login_failures (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  address_hash BYTEA NOT NULL,
  failure_count BIGINT NOT NULL,
  first_time BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, address_hash)
);

CREATE INDEX login_failures_by_time ON login_failures (tenant_id, first_time);
