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
import { words } from "../../words/settings";
import "./rules";

// The records that settings are made of. They have tables of their own and no list screen.

export const leadStatus = recordKind({
  object: "lead_status",
  one: words.lists.status.one,
  many: words.lists.status.many,
  address: "/settings/statuses",
  schema: leadStatusSchema,
  titleFields: ["display_name"],
  decode: decodeLeadStatus,
});

export const leadSource = recordKind({
  object: "lead_source",
  one: words.lists.source.one,
  many: words.lists.source.many,
  address: "/settings/sources",
  schema: leadSourceSchema,
  titleFields: ["display_name"],
  decode: decodeLeadSource,
});

export const scoringRule = recordKind({
  object: "scoring_rule",
  one: words.rule.one,
  many: words.rule.many,
  address: "/settings/scoring",
  schema: scoringRuleSchema,
  titleFields: ["display_name"],
  decode: decodeScoringRule,
});

export const member = recordKind({
  object: "member",
  one: words.member.one,
  many: words.member.many,
  address: "/settings/members",
  schema: memberSchema,
  titleFields: ["display_name"],
  decode: decodeMember,
});
