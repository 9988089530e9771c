import {
  decodeLeadSource,
  decodeLeadStatus,
  decodeMember,
  decodeScoringRule,
  leadSourceSchema,
  leadStatusSchema,
  memberSchema,
  scoringRuleSchema,
} from "../../core/api.generated";
import { recordKind } from "../../core/recordKind";

// The records that settings are made of. They have tables of their own and no list screen.

export const leadStatus = recordKind({
  object: "lead_status",
  one: "status",
  many: "statuses",
  path: "lead-statuses",
  address: "/settings/statuses",
  schema: leadStatusSchema,
  decode: decodeLeadStatus,
});

export const leadSource = recordKind({
  object: "lead_source",
  one: "source",
  many: "sources",
  path: "lead-sources",
  address: "/settings/sources",
  schema: leadSourceSchema,
  decode: decodeLeadSource,
});

export const scoringRule = recordKind({
  object: "scoring_rule",
  one: "rule",
  many: "rules",
  path: "scoring-rules",
  address: "/settings/scoring",
  schema: scoringRuleSchema,
  decode: decodeScoringRule,
});

export const member = recordKind({
  object: "member",
  one: "member",
  many: "members",
  address: "/settings/members",
  schema: memberSchema,
  decode: decodeMember,
});
