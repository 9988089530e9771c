import { addRuleWords } from "../../core/ruleWords";
import { words } from "../../words/contacts";

const { rules } = words;

addRuleWords({
  last_name: [[/is no first name/, rules.name]],
  reports_to_id: [[/itself or one/, rules.line]],
  end_date: [[/before start_date/, rules.order]],
});
