-- People convert leads, unless a tenant wants those that are ready converted by themselves.
ALTER TABLE tenants ADD COLUMN settings_convert_automatically BOOLEAN NOT NULL DEFAULT FALSE;
