-- A filter on two of these fields is answered by the index of one alone: a list counts up to a thousand
-- matches, and would go to the table for each lead on the way.
DROP INDEX leads_by_status;
CREATE INDEX leads_by_status
  ON leads (tenant_id, status, create_time, id, source, band, owner_id);
DROP INDEX leads_by_source;
CREATE INDEX leads_by_source
  ON leads (tenant_id, source, create_time, id, status, band, owner_id);
DROP INDEX leads_by_owner;
CREATE INDEX leads_by_owner
  ON leads (tenant_id, owner_id, create_time, id, status, source, band);
DROP INDEX leads_by_band;
CREATE INDEX leads_by_band
  ON leads (tenant_id, band, create_time, id, status, source, owner_id);
