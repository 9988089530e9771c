-- What is known of a lead's chance to buy, and why it is qualified, disqualified or put back. Assessments are
-- as the record has them on the wire. When leads were qualified before is not known.
ALTER TABLE leads ADD COLUMN qualified BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE leads ADD COLUMN qualification_time BIGINT;
ALTER TABLE leads ADD COLUMN qualification_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE leads ADD COLUMN disqualification_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE leads ADD COLUMN recycle_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE leads ADD COLUMN return_date TEXT;
ALTER TABLE leads ADD COLUMN bant BYTEA;
ALTER TABLE leads ADD COLUMN bant_score BIGINT;
ALTER TABLE leads ADD COLUMN meddicc BYTEA;
ALTER TABLE leads ADD COLUMN meddicc_score BIGINT;
UPDATE leads SET qualified = TRUE WHERE EXISTS (
  SELECT 1 FROM lead_statuses
  WHERE lead_statuses.tenant_id = leads.tenant_id AND lead_statuses.key = leads.status
    AND lead_statuses.status_type = 'qualified');

ALTER TABLE lead_statuses ADD COLUMN next_statuses BYTEA;
ALTER TABLE lead_statuses ADD COLUMN required_fields BYTEA;

CREATE TABLE disqualification_reasons (
  tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  key TEXT NOT NULL,
  display_name TEXT NOT NULL,
  display_name_key BYTEA NOT NULL,
  position BIGINT NOT NULL,
  active BOOLEAN NOT NULL,
  colour TEXT NOT NULL,
  description TEXT NOT NULL,
  create_time BIGINT,
  update_time BIGINT,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, key)
);

CREATE INDEX disqualification_reasons_by_position
  ON disqualification_reasons (tenant_id, position, id);
CREATE INDEX disqualification_reasons_by_name
  ON disqualification_reasons (tenant_id, display_name_key, id);

-- Every tenant begins with these, also one that is there already. The service makes the keys that they are
-- sorted by after it has started.
INSERT INTO disqualification_reasons (
  tenant_id, id, version, key, display_name, display_name_key, position, active, colour,
  description, create_time, update_time, created_by, updated_by
)
SELECT tenant_id, randomblob(16), 1, key, display_name, '', position, TRUE, '', '', NULL, NULL, '', ''
FROM rules_versions CROSS JOIN (
  SELECT 'no_budget' AS key, 'No Budget' AS display_name, 0 AS position
  UNION ALL SELECT 'no_authority', 'No Authority', 1
  UNION ALL SELECT 'no_need', 'No Need', 2
  UNION ALL SELECT 'bad_timing', 'Bad Timing', 3
  UNION ALL SELECT 'competitor', 'Competitor', 4
  UNION ALL SELECT 'not_reachable', 'Not Reachable', 5
  UNION ALL SELECT 'not_a_fit', 'Not a Fit', 6
  UNION ALL SELECT 'other', 'Other', 7
) AS reasons;
