CREATE TABLE activities (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  outcome TEXT NOT NULL,
  seconds BIGINT,
  time BIGINT,
  member_id BYTEA,
  related BYTEA,
  place TEXT NOT NULL,
  attendee_ids BYTEA,
  time_zone TEXT NOT NULL,
  state TEXT NOT NULL,
  reminder_minutes BIGINT,
  contact_time BIGINT,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX activities_by_time ON activities (tenant_id, time, id);
CREATE INDEX activities_by_create_time ON activities (tenant_id, create_time, id);
CREATE INDEX activities_by_update_time ON activities (tenant_id, update_time, id);
CREATE INDEX activities_by_member ON activities (tenant_id, member_id, time, id);
CREATE INDEX activities_by_type ON activities (tenant_id, type, time, id);

-- Which records activities are about, with the time of each activity: of one record they are read newest first.
CREATE TABLE activity_related (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  target_id BYTEA NOT NULL,
  record_id BYTEA NOT NULL,
  time BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, target_id, record_id)
);

CREATE INDEX activity_related_by_record ON activity_related (tenant_id, record_id);
CREATE INDEX activity_related_by_time ON activity_related (tenant_id, target_id, time, record_id);

CREATE TABLE notifications (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  member_id BYTEA,
  kind TEXT NOT NULL,
  record TEXT,
  title TEXT NOT NULL,
  message TEXT NOT NULL,
  priority TEXT NOT NULL,
  actor TEXT NOT NULL,
  count BIGINT NOT NULL,
  late BOOLEAN NOT NULL,
  archived BOOLEAN NOT NULL,
  state TEXT NOT NULL,
  read_time BIGINT,
  archive_time BIGINT,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX notifications_by_create_time ON notifications (tenant_id, create_time, id);
CREATE INDEX notifications_by_update_time ON notifications (tenant_id, update_time, id);
CREATE INDEX notifications_by_state ON notifications (tenant_id, state, create_time, id);
-- Of a member, who has 1,000 at most: the unread ones first, and those of a kind that somebody has caused lately.
CREATE INDEX notifications_by_member ON notifications (tenant_id, member_id, state, create_time, id);
CREATE INDEX notifications_by_kind ON notifications (tenant_id, member_id, kind, actor, state, create_time, id);

CREATE TABLE mutes (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  member_id BYTEA,
  kind TEXT NOT NULL,
  record TEXT,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX mutes_by_create_time ON mutes (tenant_id, create_time, id);
CREATE INDEX mutes_by_update_time ON mutes (tenant_id, update_time, id);
CREATE INDEX mutes_by_member ON mutes (tenant_id, member_id, create_time, id);
