-- Leads are converted from qualified statuses, unless a tenant says otherwise.
ALTER TABLE tenants ADD COLUMN settings_convert_unqualified BOOLEAN NOT NULL DEFAULT FALSE;
