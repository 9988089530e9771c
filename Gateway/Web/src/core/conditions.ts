import { all, any, composed, hasId, isOneOf, literal } from "./cel";
import { durationText, readDuration } from "./durations";
import type { Field } from "./fields";
import { fieldText, inUnit, type Names } from "./fieldText";
import { formatInt64, formatNumber } from "./format";
import { fits64, isWhole, plainNumber } from "./numbers";
import { dayAfter, dayText, isPeriod, type Period, periodNames, type Span, spanOf, startOfDay, type Weekday } from "./periods";
import { words } from "../words/fields";

const said = words.condition;

// What a list is filtered by: a condition on a field, as the address has it, as the API gets it and
// as people read it.

export type Condition =
  /** One of these keys, ids or flags; "" for none. */
  | { is: "oneOf"; values: readonly string[] }
  | { is: "empty" }
  | { is: "filled" }
  /** Whatever its case and accents. */
  | { is: "contains"; text: string }
  | { is: "equals"; text: string }
  /** Numbers or days, both included; "" for no bound. */
  | { is: "between"; from: string; to: string }
  | { is: "during"; period: Period };

/** The member who looks at the list, as a value of a field with members. */
export const me = "me";
/** The members of that member's teams. */
export const team = "team";

const nothing = "-";
const anything = "*";

export function choosesValues(field: Field): boolean {
  return ["choice", "picklist", "reference", "references", "flag", "zone"].includes(field.kind);
}

export function isTemporal(field: Field): boolean {
  return field.kind === "date" || field.kind === "moment";
}

export function isNumeric(field: Field): boolean {
  return ["integer", "decimal", "duration", "money"].includes(field.kind);
}

/** Whether lists can be filtered by a field. */
export function isFilterable(field: Field): boolean {
  if (field.kind === "references") return field.isSought === true;
  return field.kind !== "other" && field.kind !== "texts";
}

/** A condition as the address has it, after the field's name and "=". */
export function conditionText(condition: Condition): string {
  switch (condition.is) {
    case "oneOf":
      return condition.values.map(valueText).join(",");
    case "empty":
      return nothing;
    case "filled":
      return anything;
    case "contains":
      return `~${condition.text}`;
    case "equals":
      return `=${condition.text}`;
    case "between":
      return `${condition.from}..${condition.to}`;
    case "during":
      return condition.period;
  }
}

/** Parses what an address says of a field; null if that is no condition on it. */
export function readCondition(field: Field, text: string): Condition | null {
  if (text === anything) return field.kind === "references" ? null : { is: "filled" };
  if (choosesValues(field)) {
    const parts = text.split(",").filter((part) => part !== "");
    const read = parts.map((part) => (part === nothing ? "" : unescaped(part)));
    // An API can look for an id in a list, but not for lists without any.
    const isValue = (value: string) =>
      field.kind === "flag" ? ["yes", "no", ""].includes(value) : value !== "" || field.kind !== "references";
    const values = [...new Set(read)].filter(isValue);
    if (values.length === 0) return null;
    if (values.length === 1 && values[0] === "") return { is: "empty" };
    return { is: "oneOf", values };
  }
  if (text === nothing) return { is: "empty" };
  if (isNumeric(field) || isTemporal(field)) return readRange(field, text);
  if (text.startsWith("~") && text.length > 1) return { is: "contains", text: text.slice(1) };
  if (text.startsWith("=") && text.length > 1) return { is: "equals", text: text.slice(1) };
  return null;
}

/** A value among others: "," separates them, and "-" and "*" alone have other meanings. */
function valueText(value: string): string {
  if (value === "") return nothing;
  if (value === nothing || value === anything) return `%${value.charCodeAt(0).toString(16)}`;
  return value.replace(/[%,]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

function unescaped(text: string): string {
  return text.replace(/%(25|2c|2d|2a)/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

function readRange(field: Field, text: string): Condition | null {
  if (isTemporal(field) && isPeriod(text)) return { is: "during", period: text };
  const [from = "", to = "", ...others] = text.split("..");
  if (others.length > 0 || (from === "" && to === "")) return null;
  const isBound = (bound: string) =>
    bound === "" || (isTemporal(field) ? startOfDay(bound) !== null : boundOf(bound) === bound);
  return text.includes("..") && isBound(from) && isBound(to) ? { is: "between", from, to } : null;
}

const longestBound = 40;

/** A typed number or length of time, as a bound that CEL takes; "" for none, null if it is not such a value. */
export function boundOf(text: string, field?: Field): string | null {
  if (text.trim() === "") return "";
  if (field?.kind === "duration") return readDuration(text)?.toString() ?? null;
  const digits = plainNumber(text);
  return digits !== null && digits.length <= longestBound && fits64(digits) ? digits : null;
}

/** Who asks, and when. */
export interface Asking {
  member: string;
  now: Date;
  firstDay: Weekday;
  /** The members of their teams; without any, they are alone. */
  team?: readonly string[];
}

/** A condition in CEL. */
export function conditionCEL(field: Field, condition: Condition, asking: Asking): string {
  const { name } = field;
  switch (condition.is) {
    case "empty":
      return field.kind === "flag" ? `${name} == false` : `${name} == null`;
    case "filled":
      return field.kind === "flag" ? `${name} == true` : `${name} != null`;
    case "contains":
      return `${name}.containsLoosely(${composed(condition.text)})`;
    case "equals":
      return `${name} == ${composed(condition.text)}`;
    case "oneOf": {
      if (field.kind === "flag") {
        return any(condition.values.map((value) => `${name} == ${String(value === "yes")}`));
      }
      const values = condition.values.flatMap((value) => meant(field, value, asking));
      const given = [...new Set(values)].filter((value) => value !== "");
      if (field.kind === "references") return any(given.map((value) => hasId(name, value)));
      return any([values.includes("") ? `${name} == null` : "", isOneOf(name, given)]);
    }
    case "between":
      if (!isTemporal(field)) {
        return all([bound(name, ">=", condition.from), bound(name, "<=", condition.to)]);
      }
      return spanCEL(field, daysBetween(condition.from, condition.to));
    case "during":
      return spanCEL(field, spanOf(condition.period, asking.now, asking.firstDay));
  }
}

/** Whom a value means for who asks. */
function meant(field: Field, value: string, { member, team: others = [] }: Asking): string | readonly string[] {
  if (isMe(field, value)) return member;
  if (isTeam(field, value)) return others.length === 0 ? member : others;
  return value;
}

function isMe(field: Field, value: string): boolean {
  return value === me && field.references === "member";
}

function isTeam(field: Field, value: string): boolean {
  return value === team && field.references === "member";
}

function bound(name: string, comparison: string, number: string): string {
  return number === "" ? "" : `${name} ${comparison} ${number}`;
}

function daysBetween(from: string, to: string): Span {
  const last = startOfDay(to);
  return { from: startOfDay(from), to: last === null ? null : dayAfter(last) };
}

/** A condition in CEL that a time is within a span. */
export function spanCEL(field: Field, { from, to }: Span): string {
  const at = (date: Date) =>
    field.kind === "date"
      ? literal(dayText(date))
      : `timestamp(${literal(date.toISOString().replace(".000Z", "Z"))})`;
  return all([
    from === null ? "" : `${field.name} >= ${at(from)}`,
    to === null ? "" : `${field.name} < ${at(to)}`,
  ]);
}

/** A condition as a sentence: "Status is Contacted or New". */
export function conditionSentence(field: Field, condition: Condition, names: Names): string {
  const { label } = field;
  switch (condition.is) {
    case "empty":
      return field.kind === "flag" ? said.no(label) : said.empty(label);
    case "filled":
      return field.kind === "flag" ? said.yes(label) : said.filled(label);
    case "contains":
      return said.contains(label, condition.text);
    case "equals":
      return said.is(label, said.quoted(condition.text));
    case "oneOf":
      return (field.kind === "references" ? said.includes : said.is)(
        label,
        said.oneOf(condition.values.map((value) => valueName(field, value, names))),
      );
    case "between":
      return said.is(label, rangeWords(field, condition.from, condition.to, names));
    case "during":
      return said.is(label, periodNames[condition.period]);
  }
}

/** The name of a field's value in a filter. */
export function valueName(field: Field, value: string, names: Names): string {
  if (value === "") return field.references === "member" ? said.nobody : said.nothing;
  if (isMe(field, value)) return words.me;
  if (isTeam(field, value)) return words.team;
  if (field.kind === "flag") return value;
  return fieldText(field, field.kind === "references" ? [value] : value, names) || value;
}

function rangeWords(field: Field, from: string, to: string, names: Names): string {
  const written = (text: string) => {
    if (field.kind === "moment" || field.kind === "date") {
      return fieldText({ ...field, kind: "date" }, text, names);
    }
    if (field.kind === "duration") return durationText(Number(text));
    return inUnit(field, isWhole(text) ? formatInt64(text) : formatNumber(Number(text)));
  };
  if (from === to) return written(from);
  if (to === "") return isTemporal(field) ? said.since(written(from)) : said.least(written(from));
  if (from === "") return isTemporal(field) ? said.until(written(to)) : said.most(written(to));
  return said.between(written(from), written(to));
}
