-- The deals of a stage, whichever pipeline it is of: they are counted by this index, and listed in the order of their
-- creation.
CREATE INDEX deals_by_stage_alone ON deals (tenant_id, stage, create_time, id);
