-- Lists are sorted by collation keys, which are bytes. The service fills the new columns in the background
-- after it has started; until then they are empty.
DROP INDEX members_by_name;
ALTER TABLE members DROP COLUMN display_name_key;
ALTER TABLE members ADD COLUMN display_name_key BYTEA NOT NULL DEFAULT '';
CREATE INDEX members_by_name ON members (tenant_id, display_name_key, id);
-- An address as addresses are compared: in lower case, and in the form of text that looks the same.
ALTER TABLE members RENAME COLUMN email_key TO email_folded;
