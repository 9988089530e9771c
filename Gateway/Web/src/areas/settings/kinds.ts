import {
  decodeDisqualificationReason,
  decodeHealthRule,
  decodeLeadSource,
  decodeLeadStatus,
  decodeLossReason,
  decodeMember,
  decodeScoringRule,
  decodeTaskCategory,
  decodeTaskRule,
  decodeTeam,
  decodeWinReason,
  disqualificationReasonSchema,
  healthRuleSchema,
  leadSourceSchema,
  leadStatusSchema,
  lossReasonSchema,
  memberSchema,
  scoringRuleSchema,
  taskCategorySchema,
  taskRuleSchema,
  teamSchema,
  winReasonSchema,
} from "../../core/api.generated";
import { recordKind } from "../../core/recordKind";
import { words } from "../../words/settings";
import { words as tasks } from "../../words/taskSettings";
import "./rules";

// The kinds of records in settings. They have tables of their own and no list screen.

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

export const disqualificationReason = recordKind({
  object: "disqualification_reason",
  one: words.lists.disqualification.one,
  many: words.lists.disqualification.many,
  address: "/settings/disqualification-reasons",
  schema: disqualificationReasonSchema,
  titleFields: ["display_name"],
  decode: decodeDisqualificationReason,
});

export const winReason = recordKind({
  object: "win_reason",
  one: words.lists.win.one,
  many: words.lists.win.many,
  address: "/settings/win-reasons",
  schema: winReasonSchema,
  titleFields: ["display_name"],
  decode: decodeWinReason,
});

export const lossReason = recordKind({
  object: "loss_reason",
  one: words.lists.loss.one,
  many: words.lists.loss.many,
  address: "/settings/loss-reasons",
  schema: lossReasonSchema,
  titleFields: ["display_name"],
  decode: decodeLossReason,
});

export const taskCategory = recordKind({
  object: "task_category",
  one: tasks.category.one,
  many: tasks.category.many,
  path: "task-categories",
  address: "/settings/task-categories",
  schema: taskCategorySchema,
  titleFields: ["display_name"],
  decode: decodeTaskCategory,
});

export const taskRule = recordKind({
  object: "task_rule",
  one: tasks.rule.one,
  many: tasks.rule.many,
  address: "/settings/task-rules",
  schema: taskRuleSchema,
  titleFields: ["display_name"],
  decode: decodeTaskRule,
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

export const healthRule = recordKind({
  object: "health_rule",
  one: words.rule.one,
  many: words.rule.many,
  address: "/settings/account-health",
  schema: healthRuleSchema,
  titleFields: ["display_name"],
  decode: decodeHealthRule,
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

export const team = recordKind({
  object: "team",
  one: words.teams.one,
  many: words.teams.many,
  address: "/settings/teams",
  schema: teamSchema,
  titleFields: ["name"],
  decode: decodeTeam,
});
