-- What a status leaves open, and how far a lead is on the way to a customer. Present leads are where their
-- status and their conversion would have brought them.
ALTER TABLE lead_statuses ADD COLUMN substatuses BYTEA;

ALTER TABLE leads ADD COLUMN substatus TEXT NOT NULL DEFAULT '';
ALTER TABLE leads ADD COLUMN lifecycle_stage TEXT NOT NULL DEFAULT 'lead';
UPDATE leads SET lifecycle_stage = 'lost' WHERE EXISTS (
  SELECT 1 FROM lead_statuses
  WHERE lead_statuses.tenant_id = leads.tenant_id AND lead_statuses.key = leads.status
    AND lead_statuses.status_type IN ('unqualified', 'dead'));
UPDATE leads SET lifecycle_stage = 'sales_qualified' WHERE EXISTS (
  SELECT 1 FROM lead_statuses
  WHERE lead_statuses.tenant_id = leads.tenant_id AND lead_statuses.key = leads.status
    AND lead_statuses.status_type IN ('qualified', 'converted'));
UPDATE leads SET lifecycle_stage = 'opportunity' WHERE deal_id IS NOT NULL;
