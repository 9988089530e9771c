-- When managers hear of overdue tasks; a day for the tenants that there are.
ALTER TABLE tenants ADD COLUMN settings_overdue_escalation_hours BIGINT DEFAULT 24;
