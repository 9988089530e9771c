-- What every service with imports has; rows of leads name no other lead, so that none is incomplete.
ALTER TABLE import_faults ADD COLUMN is_created BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE imports ADD COLUMN incomplete_count BIGINT NOT NULL DEFAULT 0;

CREATE INDEX import_faults_by_outcome
  ON import_faults (tenant_id, import_id, is_created, line, part);
