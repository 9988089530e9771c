// What a broken rule of the REST API asks of the person at the screen. Rules are told by their shape
// and their field, so that another wording of a sentence does not show through.

/** A rule that a field broke, as the API has it. */
export interface BrokenRule {
  /** A path, such as "annual_revenue.currency". */
  field: string;
  /** An obligation, such as "must be at least 0". */
  rule: string;
  /** The API's reason for the refusal as a whole, such as "ALREADY_EXISTS". */
  reason: string;
}

type Words = string | ((found: RegExpExecArray) => string);

/** By field; the first pattern that fits counts. */
const ofField: Record<string, [RegExp, Words][]> = {
  last_name: [[/must have (a value|1 to)/, "Enter a last name or a company"]],
  email: [
    [/no phone/, "Enter an e-mail address or a phone number"],
    [/taken|another member|used by/, "Somebody else has this e-mail address"],
  ],
  key: [[/lower-case/, "Enter a key of 1 to 60 lower-case letters, digits and underscores"]],
  points: [[/not be 0/, "Enter a number other than 0"]],
  status: [[/active/, "Choose a status that is in use"]],
  source: [[/active/, "Choose a source that is in use"]],
  owner_id: [[/active/, "Choose an active member who may edit leads"]],
  active: [[/at least one|last one/, "Keep at least one of them active"]],
  password: [
    [/not be the e-mail/, "Choose a password other than the e-mail address"],
    [/other than blanks/, "Choose a password of more than blanks"],
  ],
};

/** For whatever field. */
const ofAny: [RegExp, Words][] = [
  [
    /must have at (least|most) (\d+) (.+)/,
    (found) => `Enter at ${found[1]} ${grouped(found[2])} ${found[3]}`,
  ],
  [/must have (a value|1 to \d+ characters)/, "Enter a value"],
  [/must be one of (.+)/, (found) => `Choose one of ${found[1]}`],
  [/must be (?:from|between) (-?\d+) (?:to|and) (-?\d+)/, (found) => range(found[1], found[2])],
  [/must be at (least|most) (-?\d+)/, (found) => `Enter a number of at ${found[1]} ${grouped(found[2])}`],
  [/must be of type integer/, "Enter a whole number, or leave it empty"],
  [/must be (an? .+)/, (found) => `Enter ${found[1]}`],
];

/**
 * What to do about a broken rule, addressed to the person, without a full stop; null when the rule
 * is of no known shape.
 *
 * @param thing - what one calls the record: "A status"
 */
export function ruleWords(broken: BrokenRule, thing = "An entry"): string | null {
  const field = lastStep(broken.field);
  const rule = broken.rule.trim();
  const position = /^(\d+):(\d+): (.+)$/s.exec(rule);
  if (position !== null) return atPosition(position);
  const taken = /the (name|key) of the entry (“.*”)$/s.exec(rule);
  if (broken.reason === "ALREADY_EXISTS" && taken !== null) {
    return taken[1] === "name"
      ? `${thing} named ${taken[2]} exists already`
      : `${thing} with this key exists already: ${taken[2]}`;
  }
  for (const [pattern, words] of [...(ofField[field] ?? []), ...ofAny]) {
    const found = pattern.exec(rule);
    if (found === null) continue;
    const said = typeof words === "string" ? words : words(found);
    return said === "Enter a value" ? (missing[field] ?? said) : said;
  }
  if (broken.reason === "ALREADY_EXISTS") return `Another one has this ${fieldWords(field)}`;
  return null;
}

const missing: Record<string, string> = {
  condition: "Enter a condition",
  display_name: "Enter a name",
  email: "Enter an e-mail address",
  password: "Enter a password",
};

/** A field's name for people where no label is at hand: "company size". */
export function fieldWords(field: string): string {
  return lastStep(field).replace(/_/g, " ");
}

function lastStep(field: string): string {
  return field.split(".").pop() ?? field;
}

/** A fault in a condition: where it is, unless that is its beginning. */
function atPosition([, line, column, fault]: RegExpExecArray): string {
  if (line === "1" && column === "1") return String(fault);
  const place = line === "1" ? `character ${column}` : `line ${line}, character ${column}`;
  return `${fault} (at ${place})`;
}

const widest = 2 ** 31;

/** The limits of a field's own type are no limits that somebody set: only the one in the way is said. */
function range(least: string | undefined, most: string | undefined): string {
  if (Number(least) <= -widest) return `Enter a number of at most ${grouped(most)}`;
  return `Enter a number from ${grouped(least)} to ${grouped(most)}`;
}

function grouped(digits: string | undefined): string {
  return Number(digits).toLocaleString("en").replace("-", "−");
}
