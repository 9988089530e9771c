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
  display_name: [[isMissing, rules.name]],
  email: [
    [/taken|another member|used by/, rules.emailTaken],
    [isMissing, rules.email],
  ],
  key: [[/lower-case/, rules.key]],
  points: [[/not be 0/, rules.notZero]],
  active: [[/at least one|last one/, rules.lastActive]],
  password,
  new_password: password,
});
