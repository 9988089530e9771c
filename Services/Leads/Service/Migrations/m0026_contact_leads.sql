-- When leads were contacted: of what was logged from now on.
ALTER TABLE leads ADD COLUMN first_contacted_time BIGINT;
ALTER TABLE leads ADD COLUMN last_contacted_time BIGINT;
