-- Failed logins, by a hash of the address that was tried and the device, which is empty for one that has
-- not logged in with the address before. What the table before this one counted is forgotten.

CREATE TABLE failed_logins (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  address_hash BYTEA NOT NULL,
  device BYTEA NOT NULL,
  failure_count BIGINT NOT NULL,
  last_time BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, address_hash, device)
);

CREATE INDEX failed_logins_by_time ON failed_logins (tenant_id, last_time);

DROP TABLE login_failures;
