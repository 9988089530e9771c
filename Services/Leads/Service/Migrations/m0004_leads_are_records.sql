-- Columns bear the names of the record's fields, and every record says who made and changed it.
ALTER TABLE leads RENAME COLUMN company_key TO company_name_key;
ALTER TABLE leads ADD COLUMN created_by TEXT NOT NULL DEFAULT '';
ALTER TABLE leads ADD COLUMN updated_by TEXT NOT NULL DEFAULT '';

-- A score's components are kept as the record has them; the service computes those of present leads
-- again when it starts.
ALTER TABLE leads DROP COLUMN score_breakdown;
ALTER TABLE leads ADD COLUMN score_breakdown BYTEA;

INSERT INTO rescorings (
  tenant_id, is_running, generation, last_lead_id, leads_done, leads_changed, start_time, end_time
)
SELECT tenant_id, TRUE, 1, NULL, 0, 0, 0, NULL FROM tenant_settings WHERE TRUE
ON CONFLICT (tenant_id) DO UPDATE SET
  is_running = TRUE, generation = rescorings.generation + 1, last_lead_id = NULL, leads_done = 0,
  leads_changed = 0, end_time = NULL;
