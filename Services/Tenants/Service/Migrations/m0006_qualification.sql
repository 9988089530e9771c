-- How leads are judged. The list is as the record has it on the wire.
ALTER TABLE tenants ADD COLUMN settings_bant_minimum BIGINT DEFAULT 60;
ALTER TABLE tenants ADD COLUMN settings_risk_weights BYTEA;
ALTER TABLE tenants ADD COLUMN settings_risk_medium_from BIGINT DEFAULT 31;
ALTER TABLE tenants ADD COLUMN settings_risk_high_from BIGINT DEFAULT 61;
ALTER TABLE tenants ADD COLUMN settings_conversion_score BIGINT DEFAULT 71;
