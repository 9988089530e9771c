-- Imports. Positions are bytes of the file; lines count from 1.

CREATE TABLE imports (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  file_name TEXT NOT NULL,
  object TEXT NOT NULL,
  validate_only BOOLEAN NOT NULL,
  date_order TEXT NOT NULL,
  source_system TEXT NOT NULL,
  external_id_column TEXT NOT NULL,
  state TEXT NOT NULL,
  received_bytes BIGINT NOT NULL,
  processed_bytes BIGINT NOT NULL,
  next_line BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  created_count BIGINT NOT NULL,
  duplicate_count BIGINT NOT NULL,
  unchanged_count BIGINT NOT NULL,
  refused_count BIGINT NOT NULL,
  blank_count BIGINT NOT NULL,
  incomplete_count BIGINT NOT NULL,
  updated_count BIGINT NOT NULL,
  restored_count BIGINT NOT NULL,
  remarked_count BIGINT NOT NULL,
  single_lines_until BIGINT NOT NULL,
  goes_on BOOLEAN NOT NULL,
  converted_bytes BIGINT,
  choices BYTEA,
  reading BYTEA,
  deleted_count BIGINT NOT NULL,
  put_back_count BIGINT NOT NULL,
  left_count BIGINT NOT NULL,
  undone_by BYTEA,
  failure TEXT NOT NULL,
  creator TEXT NOT NULL,
  on_behalf_of BYTEA,
  may_configure BOOLEAN NOT NULL,
  create_time BIGINT NOT NULL,
  start_time BIGINT,
  end_time BIGINT,
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX imports_by_create_time ON imports (tenant_id, create_time, id);

CREATE INDEX imports_open ON imports (tenant_id, state, create_time)
  WHERE state IN ('receiving', 'surveying', 'ready', 'running', 'paused', 'undoing');

CREATE TABLE import_columns (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  import_id BYTEA NOT NULL,
  position BIGINT NOT NULL,
  heading TEXT NOT NULL,
  field TEXT NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, import_id, position),
  FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id)
);

-- Values in whose place another is read.
CREATE TABLE import_values (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  import_id BYTEA NOT NULL,
  position BIGINT NOT NULL,
  heading TEXT NOT NULL,
  from_value TEXT NOT NULL,
  to_value TEXT NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, import_id, position),
  FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id)
);

-- The file as it came; deleted once the import has ended.
CREATE TABLE import_chunks (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  import_id BYTEA NOT NULL,
  begin_offset BIGINT NOT NULL,
  end_offset BIGINT NOT NULL,
  content BYTEA NOT NULL,
  PRIMARY KEY (tenant_id, import_id, begin_offset),
  FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id)
);

CREATE TABLE import_remarks (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  import_id BYTEA NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  remark TEXT NOT NULL,
  is_unmatched BOOLEAN NOT NULL DEFAULT FALSE,
  read_as TEXT NOT NULL DEFAULT '',
  row_count BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, import_id, field, value),
  FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id)
);

CREATE TABLE import_faults (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  import_id BYTEA NOT NULL,
  line BIGINT NOT NULL,
  part BIGINT NOT NULL,
  heading TEXT NOT NULL,
  field TEXT NOT NULL,
  reason TEXT NOT NULL,
  is_created BOOLEAN NOT NULL,
  reason_code BIGINT NOT NULL,
  value TEXT NOT NULL,
  object TEXT NOT NULL,
  suggestion TEXT NOT NULL,
  PRIMARY KEY (tenant_id, import_id, line, part),
  FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id)
);

-- Every row that ever became a record, for ever: what makes a second import create nothing.
CREATE TABLE imported_rows (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  source_system TEXT NOT NULL,
  row_key BYTEA NOT NULL,
  record_id BYTEA NOT NULL,
  PRIMARY KEY (tenant_id, source_system, row_key)
);

-- Which rows name others of their file; made once the file is read, and deleted after the import has ended.
CREATE TABLE import_links (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  import_id BYTEA NOT NULL,
  line BIGINT NOT NULL,
  field TEXT NOT NULL,
  text TEXT NOT NULL,
  record_id BYTEA,
  is_refused BOOLEAN NOT NULL,
  PRIMARY KEY (tenant_id, import_id, line, field, text),
  FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id)
);

-- Links are looked up by the texts that name others, and made in the order of the file.
CREATE INDEX import_links_by_text
  ON import_links (tenant_id, import_id, field, text, is_refused, line);
CREATE INDEX import_links_by_line ON import_links (tenant_id, import_id, field, line);

-- Files name tasks and projects as they are written. With the id, which the first of several is told by.
CREATE INDEX tasks_by_exact_title ON tasks (tenant_id, title, id);
CREATE INDEX projects_by_exact_name ON projects (tenant_id, name, id);

CREATE INDEX import_faults_by_outcome
  ON import_faults (tenant_id, import_id, is_created, line, part);

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
