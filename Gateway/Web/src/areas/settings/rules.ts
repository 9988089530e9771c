import { addRuleWords, isMissing, type RuleWords } from "../../core/ruleWords";
import { words } from "../../words/settings";

const { rules } = words;

const password: readonly RuleWords[] = [
  [/not be the e-mail/, rules.passwordIsEmail],
  [/other than blanks/, rules.passwordIsBlank],
  [isMissing, rules.password],
];

addRuleWords({
  condition: [[isMissing, rules.condition]],
  email: [
    [/used by another member/, rules.emailTaken],
    [isMissing, rules.email],
  ],
  key: [[/lower-case/, rules.key]],
  parent_team_id: [
    [/itself or one/, rules.teamBelowItself],
    [/deep/, rules.teamTooDeep],
  ],
  manager_id: [[/active member/, rules.noMember]],
  member_ids: [
    [/active members/, rules.noMember],
    [/at most 500/, rules.tooManyMembers],
  ],
  points: [[/not be 0/, rules.notZero]],
  substatuses: [[/entries of 1 to 100/, rules.substatuses]],
  active: [[/at least one must be active/, rules.lastActive]],
  password,
  new_password: password,
});
