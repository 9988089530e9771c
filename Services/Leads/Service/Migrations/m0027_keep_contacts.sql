-- The activities by which leads were contacted: when one is deleted or changed, the others say when that was.
CREATE TABLE lead_contacts (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  activity_id BYTEA NOT NULL,
  lead_id BYTEA NOT NULL,
  time BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, activity_id, lead_id)
);

CREATE INDEX lead_contacts_by_time ON lead_contacts (tenant_id, lead_id, time);
