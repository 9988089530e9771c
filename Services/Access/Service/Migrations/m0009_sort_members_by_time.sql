-- Lists of members can be sorted by both times.
CREATE INDEX members_by_create_time ON members (tenant_id, create_time, id);
CREATE INDEX members_by_update_time ON members (tenant_id, update_time, id);
