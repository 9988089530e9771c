-- Columns bear the names of the record's fields, a state is its number in the proto, and every record
-- has an id and says who made and changed it. A tenant's id is the tenant itself.
ALTER TABLE tenants RENAME COLUMN default_region TO settings_default_region;
ALTER TABLE tenants RENAME COLUMN time_zone TO settings_time_zone;
ALTER TABLE tenants RENAME COLUMN currency TO settings_currency;
ALTER TABLE tenants RENAME COLUMN state TO state_name;
ALTER TABLE tenants ADD COLUMN state BIGINT NOT NULL DEFAULT 1;
ALTER TABLE tenants ADD COLUMN id BYTEA;
ALTER TABLE tenants ADD COLUMN created_by TEXT NOT NULL DEFAULT '';
ALTER TABLE tenants ADD COLUMN updated_by TEXT NOT NULL DEFAULT '';
UPDATE tenants SET id = tenant_id;
UPDATE tenants SET state = 2 WHERE state_name = 'suspended';
ALTER TABLE tenants DROP COLUMN state_name;
