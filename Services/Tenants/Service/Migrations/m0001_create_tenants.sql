-- Tenants, one row each, which its tenant alone reaches.

CREATE TABLE tenants (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  version BIGINT NOT NULL,
  subdomain TEXT NOT NULL,
  display_name TEXT NOT NULL,
  state TEXT NOT NULL,
  default_region TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  currency TEXT NOT NULL,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  PRIMARY KEY (tenant_id)
);

-- Which tenant a subdomain is, or is to become. A name is never given away again.

CREATE TABLE subdomains (
  name TEXT NOT NULL PRIMARY KEY,
  owner BYTEA NOT NULL
);

-- Creations under way. lease_end is when the attempt has failed or its process has died; then the
-- service finds out what came of it. There is no password here, and nothing about the owner.

CREATE TABLE pending_tenants (
  id BYTEA NOT NULL PRIMARY KEY,
  subdomain TEXT NOT NULL,
  display_name TEXT NOT NULL,
  default_region TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  currency TEXT NOT NULL,
  lease_end BIGINT NOT NULL
);
