import { addRuleWords } from "../../core/ruleWords";
import { words } from "../../words/leads";

const { rules } = words;

addRuleWords({
  last_name: [[/must have (a value|1 to)/, rules.name]],
  email: [[/no phone/, rules.reach]],
  owner_id: [[/active/, rules.owner]],
  status: [[/active/, rules.status]],
  source: [[/active/, rules.source]],
});
