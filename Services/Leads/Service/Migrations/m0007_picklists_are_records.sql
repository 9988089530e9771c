-- Statuses and sources are records: each has an id, an etag, a place, and says who changed it. When
-- those of before were made is not known.
CREATE TABLE lead_status_records (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  key TEXT NOT NULL,
  display_name TEXT NOT NULL,
  display_name_key TEXT NOT NULL,
  position BIGINT NOT NULL,
  active BOOLEAN NOT NULL,
  colour TEXT NOT NULL,
  description TEXT NOT NULL,
  status_type TEXT NOT NULL,
  create_time BIGINT,
  update_time BIGINT,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, key)
);

INSERT INTO lead_status_records (
  tenant_id, id, version, key, display_name, display_name_key, position, active, colour,
  description, status_type, create_time, update_time, created_by, updated_by
)
SELECT tenant_id, randomblob(16), 1, key, display_name, lower(display_name),
  row_number() OVER (PARTITION BY tenant_id ORDER BY position, key) - 1, TRUE, '', '',
  CASE
    WHEN key IN ('new', 'contacted', 'qualified', 'unqualified', 'converted', 'dead') THEN key
    ELSE ''
  END,
  NULL, NULL, '', ''
FROM lead_statuses;

DROP TABLE lead_statuses;
ALTER TABLE lead_status_records RENAME TO lead_statuses;

CREATE TABLE lead_source_records (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  key TEXT NOT NULL,
  display_name TEXT NOT NULL,
  display_name_key TEXT NOT NULL,
  position BIGINT NOT NULL,
  active BOOLEAN NOT NULL,
  colour TEXT NOT NULL,
  description TEXT NOT NULL,
  source_type TEXT NOT NULL,
  create_time BIGINT,
  update_time BIGINT,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, key)
);

INSERT INTO lead_source_records (
  tenant_id, id, version, key, display_name, display_name_key, position, active, colour,
  description, source_type, create_time, update_time, created_by, updated_by
)
SELECT tenant_id, randomblob(16), 1, key, display_name, lower(display_name),
  row_number() OVER (PARTITION BY tenant_id ORDER BY display_name, key) - 1, TRUE, '', '',
  CASE
    WHEN key IN ('website', 'email', 'social_media', 'referral', 'api', 'other') THEN key
    WHEN key = 'web_form' THEN 'website'
    WHEN key = 'trade_show' THEN 'event'
    ELSE ''
  END,
  NULL, NULL, '', ''
FROM lead_sources;

DROP TABLE lead_sources;
ALTER TABLE lead_source_records RENAME TO lead_sources;

CREATE INDEX lead_statuses_by_position ON lead_statuses (tenant_id, position, id);
CREATE INDEX lead_statuses_by_name ON lead_statuses (tenant_id, display_name_key, id);
CREATE INDEX lead_sources_by_position ON lead_sources (tenant_id, position, id);
CREATE INDEX lead_sources_by_name ON lead_sources (tenant_id, display_name_key, id);
