-- Records name the import that made them, so that lists can show just what it made. Few records have one.
ALTER TABLE tasks ADD COLUMN import_id TEXT NOT NULL DEFAULT '';
CREATE INDEX tasks_by_import ON tasks (tenant_id, import_id, create_time, id)
  WHERE import_id <> '';
