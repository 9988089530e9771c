-- Columns bear the names of the record's fields, and every record says who made and changed it.
ALTER TABLE members RENAME COLUMN is_owner TO owner;
ALTER TABLE members RENAME COLUMN is_active TO active;
ALTER TABLE members RENAME COLUMN name_key TO display_name_key;
ALTER TABLE members ADD COLUMN created_by TEXT NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN updated_by TEXT NOT NULL DEFAULT '';
