-- A column of a board has the tasks of a status by due time.
CREATE INDEX tasks_by_status_and_due ON tasks (tenant_id, status, due_time, id);

-- What is open or overdue is counted, too. Of indexes that seem to serve alike, SQLite takes the newest: one that has
-- no other tasks.
DROP INDEX tasks_open;
DROP INDEX tasks_overdue;
CREATE INDEX tasks_open ON tasks (tenant_id, due_time, id) WHERE NOT closed;
CREATE INDEX tasks_overdue ON tasks (tenant_id, due_time, id) WHERE overdue;
