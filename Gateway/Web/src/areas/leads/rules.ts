import { addRuleWords } from "../../core/ruleWords";
import { words } from "../../words/leads";

const { rules } = words;

addRuleWords({
  last_name: [[/no company/, rules.name]],
  email: [[/no phone/, rules.reach]],
  owner_id: [[/active/, rules.owner]],
  status: [
    [/active/, rules.status],
    [/:convert/, rules.converts],
  ],
  substatus: [
    [/has no substatuses/, rules.noSubstatus],
    [/one of the substatuses/, rules.substatus],
  ],
  source: [[/active/, rules.source]],
});
