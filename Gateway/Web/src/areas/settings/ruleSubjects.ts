import type { ScoringRule } from "../../core/api.generated";
import { type Fields, fieldsOf } from "../../core/fields";
import type { RecordKind } from "../../core/recordKind";
import { words } from "../../words/settings";
import { account } from "../accounts/account";
import { lead } from "../leads/lead";
import { healthRule, scoringRule } from "./kinds";

// Rules that give points to records: what they have in common, and what each kind of rule is about.

/** A rule of any kind. */
export type PointRule = Pick<ScoringRule, "id" | "etag" | "display_name" | "condition" | "points" | "active">;

export interface RuleSubject {
  /** The kind of the rules. */
  kind: RecordKind;
  /** The kind that gets their points. */
  scored: RecordKind;
  /** Fields that follow from rules, so no rule can use them. */
  made: readonly string[];
  /** Names that conditions may use although nothing measures them yet: a rule about nothing else does not count. */
  unmeasured: Fields;
  /** The fields of the first row of a new rule, and of each further one. */
  rows: readonly [first: string, further: string];
  /** Examples of conditions in CEL. */
  examples: readonly string[];
  words: Pick<typeof words.scoring, "title" | "about" | "none" | "table" | "nameHint" | "rows" | "examples">;
}

export const scoring: RuleSubject = {
  kind: scoringRule,
  scored: lead,
  made: ["score", "band"],
  unmeasured: new Map(),
  rows: ["status", "source"],
  examples: ["company_size >= 200", 'source == "referral"', 'email.endsWith(".edu")'],
  words: words.scoring,
};

export const health: RuleSubject = {
  kind: healthRule,
  scored: account,
  made: ["health_score", "health"],
  unmeasured: fieldsOf({
    has_subscription: { label: words.health.unmeasured.subscription, type: "bool" },
    has_ticket_past_sla: { label: words.health.unmeasured.ticket, type: "bool" },
  }),
  rows: ["type", "lifecycle"],
  examples: ["has_open_deal", "employees >= 200", 'type == "partner" || won_in_12_months'],
  words: words.health,
};
