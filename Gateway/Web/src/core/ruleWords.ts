// What a broken rule of the REST API means for the person at the screen. The API gives a rule as a sentence
// without a code, so rules are recognised by their field and by words of that sentence. The tests take the
// sentences from the services' sources (test/serverTexts.ts), and fail when the wording there changes.

import { words as all } from "../words/problems";

const words = all.rules;

/** A rule that a field broke, from the API. */
export interface BrokenRule {
  /** A path, such as "annual_revenue.currency". */
  field: string;
  /** An obligation, such as "must be at least 0". */
  rule: string;
  /** The API's reason for the refusal as a whole, such as "ALREADY_EXISTS". */
  reason: string;
}

/** The API's wording of a rule, and what to do about it; the first matching pattern counts. */
export type RuleWords = readonly [RegExp, string | ((found: RegExpExecArray) => string)];

/** The rule of a field that always needs a value. */
export const isMissing = /^must have (a value|1 to \d+ characters)$/;

const named: readonly RuleWords[] = [[isMissing, words.name]];

/** For fields of certain names, set by the areas that have them. */
const ofField = new Map([
  ["name", named],
  ["display_name", named],
]);

/** For any field. */
const ofAny: readonly RuleWords[] = [
  [/must have at least (\d+) (.+)/, (found) => words.least(grouped(found[1]), String(found[2]))],
  [/must have at most (\d+) (.+)/, (found) => words.most(grouped(found[1]), String(found[2]))],
  [/must have (a value|1 to \d+ characters)/, words.value],
  [/must not be the record itself or one that stands below/, words.partOfItself],
  [/must be one of (.+)/, (found) => words.oneOf(String(found[1]))],
  [/must be (?:from|between) (-?\d+) (?:to|and) (-?\d+)/, (found) => range(found[1], found[2])],
  [/must be at least (-?\d+)/, (found) => words.numberOfLeast(grouped(found[1]))],
  [/must be at most (-?\d+)/, (found) => words.numberOfMost(grouped(found[1]))],
  [/must be of type integer/, words.wholeNumber],
  [/must not be before ([a-z_]+)$/, (found) => words.notBefore(fieldWords(String(found[1])))],
  [/must be (an? .+)/, (found) => words.enter(String(found[1]))],
];

/** Adds the rules of an area's own fields, which take precedence over earlier ones. */
export function addRuleWords(fields: Readonly<Record<string, readonly RuleWords[]>>): void {
  for (const [field, rules] of Object.entries(fields)) {
    ofField.set(field, [...rules, ...(ofField.get(field) ?? [])]);
  }
}

/**
 * What to do about a broken rule, addressed to the person, without a full stop; null if the rule
 * has no known form.
 *
 * @param thing - the noun for the record: "status"
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

/** A field's name in words, if there is no label: "company size". */
export function fieldWords(field: string): string {
  return lastStep(field).replace(/_/g, " ");
}

/** The API's sentence for a rule without words of its own, with fields named as people read them. */
export function withoutKeys(rule: string): string {
  return rule.replace(/\b[a-z]+(_[a-z]+)+\b/g, fieldWords);
}

function lastStep(field: string): string {
  return field.split(".").pop() ?? field;
}

/** An error in a condition: with its position, unless that is the beginning. */
function atPosition([, line, column, fault]: RegExpExecArray): string {
  if (line === "1" && column === "1") return String(fault);
  return words.at(String(fault), String(line), String(column));
}

const widest = 2 ** 31;

/** The limits of a field's type are not limits that somebody set: only the one that was exceeded is named. */
function range(least: string | undefined, most: string | undefined): string {
  if (Number(least) <= -widest) return words.numberOfMost(grouped(most));
  return words.numberBetween(grouped(least), grouped(most));
}

function grouped(digits: string | undefined): string {
  return Number(digits).toLocaleString("en").replace("-", "−");
}
