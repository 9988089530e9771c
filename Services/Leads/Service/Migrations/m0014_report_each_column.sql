-- What is wrong with a refused row has an entry for each column at fault.
CREATE TABLE import_faults (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  import_id BYTEA NOT NULL,
  line BIGINT NOT NULL,
  part BIGINT NOT NULL,
  heading TEXT NOT NULL,
  field TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (tenant_id, import_id, line, part),
  FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id)
);

INSERT INTO import_faults (tenant_id, import_id, line, part, heading, field, reason)
  SELECT tenant_id, import_id, line, 0, heading, field, reason FROM import_refusals;

DROP TABLE import_refusals;

ALTER TABLE imports ADD COLUMN blank_count BIGINT NOT NULL DEFAULT 0;
