-- What people call a lead, made of its fields at each write from now on. The service makes the names of
-- present leads once more after it has started, and the keys that they are sorted by.
ALTER TABLE leads ADD COLUMN display_name TEXT NOT NULL DEFAULT '';
ALTER TABLE leads ADD COLUMN display_name_key BYTEA NOT NULL DEFAULT '';
UPDATE leads SET display_name = rtrim(substr(
  CASE
    WHEN first_name <> '' AND last_name <> '' THEN first_name || ' ' || last_name
    WHEN first_name <> '' THEN first_name
    WHEN last_name <> '' THEN last_name
    WHEN company_name <> '' THEN company_name
    WHEN email <> '' THEN email
    ELSE phone
  END, 1, 200));
CREATE INDEX leads_by_display_name ON leads (tenant_id, display_name_key, id);
