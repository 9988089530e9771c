-- The calendar in which a tenant works. Lists are as the record has them on the wire.
ALTER TABLE tenants ADD COLUMN settings_locale TEXT NOT NULL DEFAULT 'en';
ALTER TABLE tenants ADD COLUMN settings_fiscal_year_start_month BIGINT DEFAULT 1;
ALTER TABLE tenants ADD COLUMN settings_business_hours BYTEA;
ALTER TABLE tenants ADD COLUMN settings_holidays BYTEA;
