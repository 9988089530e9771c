-- When someone last worked on accounts, and what is overdue there: of what was logged and assigned from now on.
ALTER TABLE accounts ADD COLUMN last_activity_time BIGINT;
ALTER TABLE accounts ADD COLUMN active_in_30_days BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE accounts ADD COLUMN has_overdue BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX accounts_by_last_activity_time ON accounts (tenant_id, last_activity_time, id);
-- Those that a new day may find idle.
CREATE INDEX accounts_active ON accounts (tenant_id, last_activity_time) WHERE active_in_30_days;
-- What was not measured of them before is now.
INSERT INTO accounts_to_score (tenant_id, account_id)
SELECT tenant_id, id FROM accounts WHERE TRUE ON CONFLICT (tenant_id, account_id) DO NOTHING;

-- The tasks that are about accounts.
CREATE TABLE account_tasks (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  task_id BYTEA NOT NULL,
  account_id BYTEA NOT NULL,
  is_overdue BOOLEAN NOT NULL,
  PRIMARY KEY (tenant_id, task_id, account_id)
);

CREATE INDEX account_tasks_overdue ON account_tasks (tenant_id, account_id) WHERE is_overdue;
