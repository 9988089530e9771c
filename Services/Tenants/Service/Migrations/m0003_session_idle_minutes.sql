-- How long a member's session lasts in which nothing is done; an hour for the tenants that there are.
ALTER TABLE tenants ADD COLUMN settings_session_idle_minutes BIGINT DEFAULT 60;
ALTER TABLE pending_tenants ADD COLUMN session_idle_minutes BIGINT;
