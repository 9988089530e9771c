import { all, composed, literal } from "./cel";
import { boundOf, choosesValues, isNumeric } from "./conditions";
import type { Field, Fields } from "./fields";
import { words } from "../words/fields";

// A condition as rows that people fill in: a field, an operator, and a value. Anything else
// is written in CEL.

export const { operators } = words;

export type Operator = keyof typeof operators;

export interface RuleRow {
  field: string;
  operator: Operator;
  /** One text, or the keys for "is one of". */
  values: readonly string[];
}

/** A condition while it is filled in. */
export interface ConditionDraft {
  /** In CEL; "" while its rows are not filled in. */
  condition: string;
  /** Null while it is written in CEL. */
  rows: readonly RuleRow[] | null;
}

/** Filled-in rows, with their meaning in CEL. */
export function draftOfRows(fields: Fields, rows: readonly RuleRow[]): ConditionDraft {
  const isFilledIn = rows.every((row) => rowFault(fields, row) === "");
  return { rows, condition: isFilledIn ? rowsCEL(fields, rows) : "" };
}

/** The operators of a field. Records of which there are many cannot be listed to choose from. */
export function operatorsOf(field: Field): readonly Operator[] {
  if (field.kind === "flag") return ["yes", "no"];
  if (field.kind === "reference" && field.references !== "member") return ["filled", "empty"];
  if (choosesValues(field)) return ["in", "filled", "empty"];
  if (isNumeric(field)) return ["least", "most", "is", "filled", "empty"];
  return [...texts, "filled", "empty"];
}

/** "Exactly" compares case and accents too. */
const texts: readonly Operator[] = [
  "contains",
  "is",
  "startsWith",
  "endsWith",
  "containsExactly",
  "startsWithExactly",
  "endsWithExactly",
];

/** The fields that rows can use: times are compared in CEL. */
export function ruleFields(fields: Fields): readonly Field[] {
  const left = ["moment", "date", "other", "references", "texts", "lines"];
  return [...fields.values()].filter((field) => !left.includes(field.kind));
}

/** Fields by their names. */
export function fieldsNamed(fields: readonly Field[]): Fields {
  return new Map(fields.map((field) => [field.name, field]));
}

/** Whether an operator needs a value. */
export function takesValue(operator: Operator): boolean {
  return !["yes", "no", "filled", "empty"].includes(operator);
}

/** Rows as one condition in CEL; "" for none. */
export function rowsCEL(fields: Fields, rows: readonly RuleRow[]): string {
  return all(rows.map((row) => rowCEL(fields.get(row.field), row)));
}

function rowCEL(field: Field | undefined, { field: name, operator, values }: RuleRow): string {
  const [value = ""] = values;
  const written = field !== undefined && isNumeric(field) ? (boundOf(value, field) ?? "") : composed(value);
  switch (operator) {
    case "in":
      return values.length === 1
        ? `${name} == ${literal(value)}`
        : `${name} in [${values.map(literal).join(", ")}]`;
    case "is":
      return `${name} == ${written}`;
    case "contains":
    case "startsWith":
    case "endsWith":
      return `${name}.${operator}Loosely(${composed(value)})`;
    case "containsExactly":
    case "startsWithExactly":
    case "endsWithExactly":
      return `${name}.${operator.replace("Exactly", "")}(${composed(value)})`;
    case "least":
      return `${name} >= ${written}`;
    case "most":
      return `${name} <= ${written}`;
    case "yes":
      return name;
    case "no":
      return `!${name}`;
    case "filled":
      return `${name} != null`;
    case "empty":
      return `${name} == null`;
  }
}

/** Why a row cannot be used yet; "" if it can. */
export function rowFault(fields: Fields, { field: name, operator, values }: RuleRow): string {
  const field = fields.get(name);
  if (field === undefined) return words.row.noField;
  if (!takesValue(operator)) return "";
  const [value = ""] = values;
  if (value.trim() === "") return operator === "in" ? words.row.noChoice : words.row.noValue;
  return isNumeric(field) && boundOf(value, field) === null ? words.row.noNumber : "";
}

/** A condition as rows; null if rows cannot express it, or only in another form. */
export function readRows(fields: Fields, condition: string): readonly RuleRow[] | null {
  if (condition.trim() === "") return [];
  const known = fieldsNamed(ruleFields(fields));
  const rows: RuleRow[] = [];
  for (const clause of clauses(condition)) {
    const row = readRow(known, clause.trim());
    if (row === null) return null;
    rows.push(row);
  }
  return rows;
}

const name = "([a-z][a-z0-9_]*)";
const number = "(-?\\d+(?:\\.\\d+)?)";
const quoted = '("(?:[^"\\\\]|\\\\.)*")';
const shapes: [RegExp, Operator][] = [
  [new RegExp(`^${name}$`), "yes"],
  [new RegExp(`^!${name}$`), "no"],
  [new RegExp(`^${name} == true$`), "yes"],
  [new RegExp(`^${name} == false$`), "no"],
  [new RegExp(`^${name} != (?:null|"")$`), "filled"],
  [new RegExp(`^${name} == (?:null|"")$`), "empty"],
  [new RegExp(`^${name} >= ${number}$`), "least"],
  [new RegExp(`^${name} <= ${number}$`), "most"],
  [new RegExp(`^${name} == ${number}$`), "is"],
  [new RegExp(`^${name} == ${quoted}$`), "is"],
  [called("containsLoosely"), "contains"],
  [called("startsWithLoosely"), "startsWith"],
  [called("endsWithLoosely"), "endsWith"],
  [called("contains"), "containsExactly"],
  [called("startsWith"), "startsWithExactly"],
  [called("endsWith"), "endsWithExactly"],
];

function called(method: string): RegExp {
  return new RegExp(`^${name}\\.${method}\\(${quoted}\\)$`);
}

function readRow(fields: Fields, clause: string): RuleRow | null {
  const list = new RegExp(`^${name} in \\[(.*)\\]$`).exec(clause);
  const among = fields.get(list?.[1] ?? "");
  if (list !== null && among !== undefined && operatorsOf(among).includes("in")) {
    const values = textsOf(list[2] ?? "");
    return values === null ? null : { field: among.name, operator: "in", values };
  }
  for (const [shape, operator] of shapes) {
    const found = shape.exec(clause);
    const field = fields.get(found?.[1] ?? "");
    if (found === null || field === undefined) continue;
    const fitting = operator === "is" && choosesValues(field) ? "in" : operator;
    if (!operatorsOf(field).includes(fitting)) return null;
    if (found[2] === undefined) return { field: field.name, operator: fitting, values: [] };
    const value = readLiteral(field, found[2]);
    return value === null ? null : { field: field.name, operator: fitting, values: [value] };
  }
  return null;
}

/** The value of a literal; null if it is not of the field's type, or not written as it is here. */
function readLiteral(field: Field, text: string): string | null {
  if (isNumeric(field)) return boundOf(text) === text ? text : null;
  const value = textOf(text);
  return value === null || literal(value) !== text ? null : value;
}

function textsOf(list: string): string[] | null {
  const texts = [...list.matchAll(new RegExp(quoted, "g"))].map((found) => textOf(found[1] ?? ""));
  const known = texts.flatMap((text) => text ?? []);
  return known.length > 0 && known.map(literal).join(", ") === list.trim() ? known : null;
}

/** The text of a literal; null if it has escapes that only CEL has. */
function textOf(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}

/** The parts of a condition between its `&&`; texts and brackets stay whole. */
function clauses(condition: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  let isText = false;
  for (let at = 0; at < condition.length; at += 1) {
    const character = condition.charAt(at);
    if (isText) {
      if (character === "\\") at += 1;
      else if (character === '"') isText = false;
    } else if (character === '"') isText = true;
    else if ("([{".includes(character)) depth += 1;
    else if (")]}".includes(character)) depth -= 1;
    else if (depth === 0 && condition.startsWith("&&", at)) {
      parts.push(condition.slice(start, at));
      at += 1;
      start = at + 1;
    }
  }
  parts.push(condition.slice(start));
  return parts;
}
