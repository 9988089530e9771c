import { addRuleWords } from "../../core/ruleWords";
import { words } from "../../words/accounts";

addRuleWords({
  parent_id: [[/archived|exist/, words.rules.inUse]],
});
