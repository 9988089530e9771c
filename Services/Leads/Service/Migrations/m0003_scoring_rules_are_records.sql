-- Columns bear the names of the record's fields, and every record says who made and changed it.
ALTER TABLE scoring_rules RENAME COLUMN is_active TO active;
ALTER TABLE scoring_rules ADD COLUMN display_name_key TEXT NOT NULL DEFAULT '';
ALTER TABLE scoring_rules ADD COLUMN created_by TEXT NOT NULL DEFAULT '';
ALTER TABLE scoring_rules ADD COLUMN updated_by TEXT NOT NULL DEFAULT '';
UPDATE scoring_rules SET display_name_key = lower(display_name);
CREATE INDEX scoring_rules_by_name ON scoring_rules (tenant_id, display_name_key, id);
