import { addRuleWords } from "../../core/ruleWords";
import { words as all } from "../../words/activityScreens";

const words = all.refusals;
const ofMeetings = [[/must be empty where the type is not meeting/, words.ofMeetings]] as const;

addRuleWords({
  text: [[/must have a value when there is no subject/, words.empty]],
  time: [[/must not be in the future where the type is not meeting/, words.future]],
  related: [[/name each record once/, words.twice]],
  place: ofMeetings,
  attendee_ids: ofMeetings,
  time_zone: ofMeetings,
  state: ofMeetings,
  reminder_minutes: ofMeetings,
});
