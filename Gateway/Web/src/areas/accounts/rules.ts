import { addRuleWords } from "../../core/ruleWords";
import { words } from "../../words/accounts";

addRuleWords({
  parent_id: [
    [/itself or one/, words.rules.line],
    [/archived|exist/, words.rules.inUse],
  ],
});
