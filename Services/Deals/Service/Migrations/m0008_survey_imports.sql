-- Imports read a file before they start, keep what they did so that it can be undone, and update known records.
ALTER TABLE imports ADD COLUMN updated_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN restored_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN remarked_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN single_lines_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN goes_on BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE imports ADD COLUMN converted_bytes BIGINT;
ALTER TABLE imports ADD COLUMN choices BYTEA;
ALTER TABLE imports ADD COLUMN reading BYTEA;
ALTER TABLE imports ADD COLUMN deleted_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN put_back_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN left_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN undone_by BYTEA;
ALTER TABLE import_columns ADD COLUMN place BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import_values ADD COLUMN place BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import_remarks ADD COLUMN is_unmatched BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE import_remarks ADD COLUMN read_as TEXT NOT NULL DEFAULT '';
ALTER TABLE import_faults ADD COLUMN reason_code BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import_faults ADD COLUMN value TEXT NOT NULL DEFAULT '';
ALTER TABLE import_faults ADD COLUMN object TEXT NOT NULL DEFAULT '';
ALTER TABLE import_faults ADD COLUMN suggestion TEXT NOT NULL DEFAULT '';

DROP INDEX imports_open;
CREATE INDEX imports_open ON imports (tenant_id, state, create_time)
  WHERE state IN ('receiving', 'surveying', 'ready', 'running', 'paused', 'undoing');

-- Imports that are running begin again: the rows that they have done are unchanged then.
DELETE FROM import_faults WHERE EXISTS (
  SELECT 1 FROM imports WHERE imports.tenant_id = import_faults.tenant_id
    AND imports.id = import_faults.import_id AND imports.state = 'running'
);
DELETE FROM import_remarks WHERE EXISTS (
  SELECT 1 FROM imports WHERE imports.tenant_id = import_remarks.tenant_id
    AND imports.id = import_remarks.import_id AND imports.state = 'running'
);
DELETE FROM import_links WHERE EXISTS (
  SELECT 1 FROM imports WHERE imports.tenant_id = import_links.tenant_id
    AND imports.id = import_links.import_id AND imports.state = 'running'
);
UPDATE imports SET state = 'surveying', goes_on = TRUE, processed_bytes = 0, next_line = 1, row_count = 0,
  created_count = 0, duplicate_count = 0, unchanged_count = 0, refused_count = 0, blank_count = 0,
  incomplete_count = 0
WHERE state = 'running';

-- A name finds no row that is refused, however many refused rows have it.
ALTER TABLE import_links ADD COLUMN is_refused BOOLEAN NOT NULL DEFAULT FALSE;
DROP INDEX import_links_by_text;
CREATE INDEX import_links_by_text
  ON import_links (tenant_id, import_id, field, text, is_refused, line);

-- The rows of a file that was no text, as CSV in UTF-8; of a text within an archive, its bytes as they are.
CREATE TABLE import_converted (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  import_id BYTEA NOT NULL,
  begin_offset BIGINT NOT NULL,
  end_offset BIGINT NOT NULL,
  content BYTEA NOT NULL,
  PRIMARY KEY (tenant_id, import_id, begin_offset),
  FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id)
);

-- The first remarks on rows that were taken.
CREATE TABLE import_row_remarks (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  import_id BYTEA NOT NULL,
  line BIGINT NOT NULL,
  part BIGINT NOT NULL,
  heading TEXT NOT NULL,
  value TEXT NOT NULL,
  remark TEXT NOT NULL,
  PRIMARY KEY (tenant_id, import_id, line, part),
  FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id)
);

-- Rows that were refused or taken with a remark, as a line of CSV; deleted 30 days after the import has ended.
CREATE TABLE import_rows_kept (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  import_id BYTEA NOT NULL,
  line BIGINT NOT NULL,
  is_refused BOOLEAN NOT NULL,
  content BYTEA NOT NULL,
  PRIMARY KEY (tenant_id, import_id, line),
  FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id)
);

-- What an import did to records, so that it can be undone; deleted 30 days after the import has ended. The fields
-- before and after have no values but those that it changed.
CREATE TABLE import_effects (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  import_id BYTEA NOT NULL,
  record_id BYTEA NOT NULL,
  kind TEXT NOT NULL,
  version BIGINT NOT NULL,
  before BYTEA,
  after BYTEA,
  PRIMARY KEY (tenant_id, import_id, record_id),
  FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id)
);

-- What was denied at addresses and numbers that contacts had: it holds for ever. Only digests are kept.
CREATE TABLE contact_wishes (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  record_id BYTEA NOT NULL,
  channel TEXT NOT NULL,
  digest BYTEA NOT NULL,
  PRIMARY KEY (tenant_id, record_id, channel, digest)
);

CREATE INDEX contact_wishes_by_digest ON contact_wishes (tenant_id, digest);
CREATE INDEX contacts_that_deny_email ON contacts (tenant_id, email_folded)
  WHERE email_consent = 'denied';
CREATE INDEX contacts_that_deny_calls ON contacts (tenant_id, phone) WHERE phone_consent = 'denied';
CREATE INDEX contacts_that_deny_texts ON contacts (tenant_id, phone) WHERE sms_consent = 'denied';
