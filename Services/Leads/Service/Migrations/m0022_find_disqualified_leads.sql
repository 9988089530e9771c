-- Whether a reason is in use is found without going through the leads.
CREATE INDEX leads_by_disqualification_reason ON leads (tenant_id, disqualification_reason)
  WHERE disqualification_reason <> '';
