-- Imports are the same for every kind of record.
ALTER TABLE imported_rows RENAME COLUMN lead_id TO record_id;
