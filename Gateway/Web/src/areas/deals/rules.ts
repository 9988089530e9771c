import { addRuleWords } from "../../core/ruleWords";
import { words } from "../../words/dealRules";

addRuleWords({
  account_id: [[/archived|exist/, words.account]],
  probability_reason: [[/why the probability/, words.probability]],
  win_reason: [[/why the deal is won/, words.won]],
  loss_reason: [[/why the deal is lost/, words.lost]],
  stage: [[/reopen it first/, words.closed]],
});
