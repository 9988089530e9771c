-- What Tenants and Access say is kept as replicas; what is the service's own stays.

-- Grows with every change of what leads are made with: statuses, sources, rules. A tenant has a row once
-- it was given what every tenant begins with.
CREATE TABLE rules_versions (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  version BIGINT NOT NULL,
  PRIMARY KEY (tenant_id)
);

INSERT INTO rules_versions (tenant_id, version)
SELECT tenant_id, version FROM tenant_settings;

DROP TABLE tenant_settings;

-- When a member last had a turn, counted in turns, and how many leads came to them on a day.
CREATE TABLE assignment_turns (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  member_id BYTEA NOT NULL,
  last_turn BIGINT NOT NULL,
  count_day TEXT NOT NULL,
  leads_today BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, member_id)
);

INSERT INTO assignment_turns (tenant_id, member_id, last_turn, count_day, leads_today)
SELECT tenant_id, member_id, last_turn, count_day, leads_today FROM assignees
WHERE last_turn > 0;

DROP TABLE assignees;
