-- Numbers are sorted as they are kept, by country and then by their digits.
CREATE INDEX leads_by_phone ON leads (tenant_id, phone, id);
