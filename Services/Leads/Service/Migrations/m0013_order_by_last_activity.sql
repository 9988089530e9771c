-- Lists are ordered by the bare column, those with a value first, and the others after them.
DROP INDEX leads_by_last_activity_time;
CREATE INDEX leads_by_last_activity_time ON leads (tenant_id, last_activity_time, id);
