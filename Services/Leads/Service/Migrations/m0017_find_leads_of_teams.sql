CREATE INDEX leads_by_team ON leads (tenant_id, team_id, create_time, id) WHERE team_id IS NOT NULL;
