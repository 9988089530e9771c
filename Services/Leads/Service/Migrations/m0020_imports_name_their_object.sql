-- Imports of several kinds of records, dry runs, values that are read as others.
ALTER TABLE imports ADD COLUMN object TEXT NOT NULL DEFAULT 'lead';
ALTER TABLE imports ADD COLUMN validate_only BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE imports ADD COLUMN date_order TEXT NOT NULL DEFAULT '';

CREATE TABLE import_values (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  import_id BYTEA NOT NULL,
  position BIGINT NOT NULL,
  heading TEXT NOT NULL,
  from_value TEXT NOT NULL,
  to_value TEXT NOT NULL,
  PRIMARY KEY (tenant_id, import_id, position),
  FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id)
);
