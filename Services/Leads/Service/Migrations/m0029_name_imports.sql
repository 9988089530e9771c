-- Records name the import that made them, so that lists can show just what it made. Few records have one.
ALTER TABLE leads ADD COLUMN import_id TEXT NOT NULL DEFAULT '';
CREATE INDEX leads_by_import ON leads (tenant_id, import_id, create_time, id)
  WHERE import_id <> '';
