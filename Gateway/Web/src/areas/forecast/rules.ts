import { addRuleWords } from "../../core/ruleWords";
import { words } from "../../words/forecast";

addRuleWords({ since: [[/snapshot/, words.since.none]] });
