import { addRuleWords } from "../../core/ruleWords";
import { words as all } from "../../words/taskRules";

const words = all.refusals;

addRuleWords({
  status: [
    [/must not be in_progress before \S+ (has begun|is completed)/, words.notBegun],
    [/must not be completed before \S+ (has begun|is completed)/, words.notCompleted],
  ],
  due_time: [
    [/not be before start_time/, words.dueFirst],
    [/must be set for a task that recurs/, words.dueNeeded],
  ],
  end_time: [[/at most 31 days after/, words.tooLong]],
  end_date: [[/before start_date/, words.order]],
  successor_id: [
    [/waits for that task already/, words.waitsAlready],
    [/close a circle/, words.circle],
  ],
  id: [
    [/wait for your timer on/, words.timerRuns],
    [/must be a task that is open/, words.closed],
    [/on which your timer runs/, words.noTimer],
  ],
  minutes: [[/named once/, words.twice]],
  related: [[/name each record once/, words.twiceRelated]],
  rule: [
    [/must have an occurrence/, words.noOccurrence],
    [/^FREQ must be HOURLY/, words.tooOften],
    [/is not a part of a rule/, words.noRule],
  ],
  title: [[/must have 1 to/, words.title]],
});
