CREATE INDEX imports_open ON imports (tenant_id, state, create_time)
  WHERE state IN ('receiving', 'running');
