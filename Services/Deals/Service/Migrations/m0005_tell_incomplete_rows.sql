-- Rows that became records without another that they name stand apart from those that became none.
ALTER TABLE import_faults ADD COLUMN is_created BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE imports ADD COLUMN incomplete_count BIGINT NOT NULL DEFAULT 0;

-- So far, such a column was at fault only where the record was made, or where its text was too long to be a name.
UPDATE import_faults SET is_created = TRUE
  WHERE field IN ('parent_id', 'reports_to_id') AND reason NOT LIKE 'must have at most%'
    AND EXISTS (
      SELECT 1 FROM imports
      WHERE imports.tenant_id = import_faults.tenant_id AND imports.id = import_faults.import_id
        AND imports.object IN ('account', 'contact')
    );

UPDATE imports SET incomplete_count = (
  SELECT count(DISTINCT line) FROM import_faults
  WHERE import_faults.tenant_id = imports.tenant_id AND import_faults.import_id = imports.id
    AND import_faults.is_created
);

CREATE INDEX import_faults_by_outcome
  ON import_faults (tenant_id, import_id, is_created, line, part);

-- A row names another by a text, and links are made in the order of the file.
CREATE INDEX import_links_by_text ON import_links (tenant_id, import_id, field, text);
CREATE INDEX import_links_by_line ON import_links (tenant_id, import_id, field, line);
