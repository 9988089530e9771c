// What a broken rule of the REST API asks of the person at the screen. The API says a rule in a sentence and
// has no code for it, so rules are told by their field and by words of that sentence. The tests take the
// sentences from the services' sources (test/serverTexts.ts), and fail when one is worded otherwise there.

import { words as all } from "../words/problems";

const words = all.rules;

/** A rule that a field broke, as the API has it. */
export interface BrokenRule {
  /** A path, such as "annual_revenue.currency". */
  field: string;
  /** An obligation, such as "must be at least 0". */
  rule: string;
  /** The API's reason for the refusal as a whole, such as "ALREADY_EXISTS". */
  reason: string;
}

/** How the API puts a rule, and what to do about it; the first pattern that fits counts. */
export type RuleWords = readonly [RegExp, string | ((found: RegExpExecArray) => string)];

/** Said of fields by the areas that have them. */
const ofField = new Map<string, readonly RuleWords[]>();

/** The rule of a field that always needs a value. */
export const isMissing = /^must have (a value|1 to \d+ characters)$/;

/** For whatever field. */
const ofAny: readonly RuleWords[] = [
  [/must have at least (\d+) (.+)/, (found) => words.least(grouped(found[1]), String(found[2]))],
  [/must have at most (\d+) (.+)/, (found) => words.most(grouped(found[1]), String(found[2]))],
  [/must have (a value|1 to \d+ characters)/, words.value],
  [/must be one of (.+)/, (found) => words.oneOf(String(found[1]))],
  [/must be (?:from|between) (-?\d+) (?:to|and) (-?\d+)/, (found) => range(found[1], found[2])],
  [/must be at least (-?\d+)/, (found) => words.numberOfLeast(grouped(found[1]))],
  [/must be at most (-?\d+)/, (found) => words.numberOfMost(grouped(found[1]))],
  [/must be of type integer/, words.wholeNumber],
  [/must be (an? .+)/, (found) => words.enter(String(found[1]))],
];

/** Adds the rules of an area's own fields, which count before those that are said already. */
export function addRuleWords(fields: Readonly<Record<string, readonly RuleWords[]>>): void {
  for (const [field, rules] of Object.entries(fields)) {
    ofField.set(field, [...rules, ...(ofField.get(field) ?? [])]);
  }
}

/**
 * What to do about a broken rule, addressed to the person, without a full stop; null when the rule
 * is of no known shape.
 *
 * @param thing - what the record is: "status"
 */
export function ruleWords(broken: BrokenRule, thing = words.entry): string | null {
  const field = lastStep(broken.field);
  const rule = broken.rule.trim();
  const position = /^(\d+):(\d+): (.+)$/s.exec(rule);
  if (position !== null) return atPosition(position);
  const taken = /the (name|key) of the entry (“.*”)$/s.exec(rule);
  if (broken.reason === "ALREADY_EXISTS" && taken !== null) {
    const name = String(taken[2]);
    return taken[1] === "name" ? words.nameTaken(thing, name) : words.keyTaken(thing, name);
  }
  for (const [pattern, said] of [...(ofField.get(field) ?? []), ...ofAny]) {
    const found = pattern.exec(rule);
    if (found === null) continue;
    return typeof said === "string" ? said : said(found);
  }
  if (broken.reason === "ALREADY_EXISTS") return words.taken(fieldWords(field));
  return null;
}

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
  return words.at(String(fault), String(line), String(column));
}

const widest = 2 ** 31;

/** The limits of a field's own type are no limits that somebody set: only the one in the way is said. */
function range(least: string | undefined, most: string | undefined): string {
  if (Number(least) <= -widest) return words.numberOfMost(grouped(most));
  return words.numberBetween(grouped(least), grouped(most));
}

function grouped(digits: string | undefined): string {
  return Number(digits).toLocaleString("en").replace("-", "−");
}
