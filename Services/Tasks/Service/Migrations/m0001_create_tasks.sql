CREATE TABLE tasks (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  title TEXT NOT NULL,
  title_key BYTEA NOT NULL,
  description TEXT NOT NULL,
  status TEXT NOT NULL,
  priority TEXT NOT NULL,
  category TEXT NOT NULL,
  start_time BIGINT,
  due_time BIGINT,
  due_time_zone TEXT NOT NULL,
  owner_id BYTEA,
  assignee_ids BYTEA,
  watcher_ids BYTEA,
  related BYTEA,
  project_id BYTEA,
  parent_id BYTEA,
  tags BYTEA,
  checklist BYTEA,
  reminders BYTEA,
  recurrence_rule TEXT NOT NULL,
  recurrence_next_on TEXT NOT NULL,
  estimated_seconds BIGINT,
  actual_seconds BIGINT NOT NULL,
  complete_time BIGINT,
  closed BOOLEAN NOT NULL,
  overdue BOOLEAN NOT NULL,
  priority_rank BIGINT NOT NULL,
  series_id BYTEA,
  series_start BIGINT,
  series_time BIGINT,
  next_id BYTEA,
  rule_id BYTEA,
  alert BYTEA,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX tasks_by_create_time ON tasks (tenant_id, create_time, id);
CREATE INDEX tasks_by_update_time ON tasks (tenant_id, update_time, id);
CREATE INDEX tasks_by_title ON tasks (tenant_id, title_key, id);
CREATE INDEX tasks_by_due_time ON tasks (tenant_id, due_time, id);
CREATE INDEX tasks_by_complete_time ON tasks (tenant_id, complete_time, id);
CREATE INDEX tasks_by_priority ON tasks (tenant_id, priority_rank, id);
CREATE INDEX tasks_by_status ON tasks (tenant_id, status, create_time, id);
CREATE INDEX tasks_by_category ON tasks (tenant_id, category, create_time, id);
CREATE INDEX tasks_by_owner ON tasks (tenant_id, owner_id, create_time, id);
CREATE INDEX tasks_by_project ON tasks (tenant_id, project_id, create_time, id);
CREATE INDEX tasks_by_parent ON tasks (tenant_id, parent_id, create_time, id);
-- What a calendar shows, and what is late.
CREATE INDEX tasks_open ON tasks (tenant_id, due_time, id) WHERE NOT closed;
CREATE INDEX tasks_overdue ON tasks (tenant_id, due_time, id) WHERE overdue;
-- The instances of a series, and what a rule has made.
CREATE INDEX tasks_by_series ON tasks (tenant_id, series_id, series_time);
CREATE INDEX tasks_by_rule ON tasks (tenant_id, rule_id, create_time, id);

CREATE TABLE task_assignees (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  target_id BYTEA NOT NULL,
  record_id BYTEA NOT NULL,
  PRIMARY KEY (tenant_id, target_id, record_id)
);

CREATE INDEX task_assignees_by_record ON task_assignees (tenant_id, record_id);

CREATE TABLE task_related (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  target_id BYTEA NOT NULL,
  record_id BYTEA NOT NULL,
  PRIMARY KEY (tenant_id, target_id, record_id)
);

CREATE INDEX task_related_by_record ON task_related (tenant_id, record_id);

-- Who was told of a moment of a task: each member once.
CREATE TABLE task_alerts (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  task_id BYTEA NOT NULL,
  kind TEXT NOT NULL,
  minutes BIGINT NOT NULL,
  due_time BIGINT NOT NULL,
  member_id BYTEA NOT NULL,
  PRIMARY KEY (tenant_id, task_id, kind, minutes, due_time, member_id)
);

CREATE TABLE projects (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  name_key BYTEA NOT NULL,
  description TEXT NOT NULL,
  owner_id BYTEA,
  start_date TEXT,
  end_date TEXT,
  status TEXT NOT NULL,
  member_ids BYTEA,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX projects_by_create_time ON projects (tenant_id, create_time, id);
CREATE INDEX projects_by_update_time ON projects (tenant_id, update_time, id);
CREATE INDEX projects_by_name ON projects (tenant_id, name_key, id);
CREATE INDEX projects_by_start_date ON projects (tenant_id, start_date, id);
CREATE INDEX projects_by_end_date ON projects (tenant_id, end_date, id);
CREATE INDEX projects_by_status ON projects (tenant_id, status, create_time, id);
CREATE INDEX projects_by_owner ON projects (tenant_id, owner_id, create_time, id);

CREATE TABLE task_categories (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  key TEXT NOT NULL,
  display_name TEXT NOT NULL,
  display_name_key BYTEA NOT NULL,
  position BIGINT NOT NULL,
  active BOOLEAN NOT NULL,
  colour TEXT NOT NULL,
  description TEXT NOT NULL,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE UNIQUE INDEX task_categories_by_key ON task_categories (tenant_id, key);
CREATE INDEX task_categories_by_create_time ON task_categories (tenant_id, create_time, id);
CREATE INDEX task_categories_by_update_time ON task_categories (tenant_id, update_time, id);
CREATE INDEX task_categories_by_name ON task_categories (tenant_id, display_name_key, id);
CREATE INDEX task_categories_by_position ON task_categories (tenant_id, position, id);

CREATE TABLE task_dependencies (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  predecessor_id BYTEA,
  successor_id BYTEA,
  type TEXT NOT NULL,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE UNIQUE INDEX task_dependencies_by_pair
  ON task_dependencies (tenant_id, predecessor_id, successor_id);
CREATE INDEX task_dependencies_by_successor ON task_dependencies (tenant_id, successor_id, create_time, id);
CREATE INDEX task_dependencies_by_create_time ON task_dependencies (tenant_id, create_time, id);
CREATE INDEX task_dependencies_by_update_time ON task_dependencies (tenant_id, update_time, id);

CREATE TABLE time_logs (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  task_id BYTEA,
  member_id BYTEA,
  start_time BIGINT,
  end_time BIGINT,
  seconds BIGINT NOT NULL,
  note TEXT NOT NULL,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

-- A member has one timer that runs.
CREATE UNIQUE INDEX time_logs_running ON time_logs (tenant_id, member_id) WHERE end_time IS NULL;
CREATE INDEX time_logs_by_task ON time_logs (tenant_id, task_id, start_time, id);
CREATE INDEX time_logs_by_member ON time_logs (tenant_id, member_id, start_time, id);
CREATE INDEX time_logs_by_start_time ON time_logs (tenant_id, start_time, id);
CREATE INDEX time_logs_by_create_time ON time_logs (tenant_id, create_time, id);
CREATE INDEX time_logs_by_update_time ON time_logs (tenant_id, update_time, id);

CREATE TABLE task_rules (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  display_name TEXT NOT NULL,
  display_name_key BYTEA NOT NULL,
  active BOOLEAN NOT NULL,
  event TEXT NOT NULL,
  condition TEXT NOT NULL,
  wait_minutes BIGINT NOT NULL,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  priority TEXT NOT NULL,
  category TEXT NOT NULL,
  due_minutes BIGINT,
  assignee_ids BYTEA,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX task_rules_by_name ON task_rules (tenant_id, display_name_key, id);
CREATE INDEX task_rules_by_event ON task_rules (tenant_id, event, id);
CREATE INDEX task_rules_by_create_time ON task_rules (tenant_id, create_time, id);
CREATE INDEX task_rules_by_update_time ON task_rules (tenant_id, update_time, id);

-- What rules look at: a record is judged while it is queued, waits until wait_end, and has its task in the end.
CREATE TABLE task_rule_records (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  rule_id BYTEA NOT NULL,
  record_id BYTEA NOT NULL,
  is_queued BOOLEAN NOT NULL,
  checks BIGINT NOT NULL,
  event_time BIGINT NOT NULL,
  wait_end BIGINT,
  made_id BYTEA,
  PRIMARY KEY (tenant_id, rule_id, record_id)
);

CREATE INDEX task_rule_records_queued ON task_rule_records (tenant_id, rule_id, record_id)
  WHERE is_queued;
CREATE INDEX task_rule_records_by_record ON task_rule_records (tenant_id, record_id);
