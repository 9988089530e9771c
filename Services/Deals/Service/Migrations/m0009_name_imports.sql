-- Records name the import that made them, so that lists can show just what it made. Few records have one.
ALTER TABLE accounts ADD COLUMN import_id TEXT NOT NULL DEFAULT '';
CREATE INDEX accounts_by_import ON accounts (tenant_id, import_id, create_time, id)
  WHERE import_id <> '';
ALTER TABLE contacts ADD COLUMN import_id TEXT NOT NULL DEFAULT '';
CREATE INDEX contacts_by_import ON contacts (tenant_id, import_id, create_time, id)
  WHERE import_id <> '';
ALTER TABLE deals ADD COLUMN import_id TEXT NOT NULL DEFAULT '';
CREATE INDEX deals_by_import ON deals (tenant_id, import_id, create_time, id)
  WHERE import_id <> '';

-- Files name accounts and contacts as they are written. With the id, which the first of several is told by: without it,
-- all records are read in its order.
DROP INDEX accounts_by_exact_name;
CREATE INDEX accounts_by_exact_name ON accounts (tenant_id, name, id);
DROP INDEX contacts_by_exact_display_name;
CREATE INDEX contacts_by_exact_display_name ON contacts (tenant_id, display_name, id);
