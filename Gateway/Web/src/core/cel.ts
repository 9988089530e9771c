// Conditions in the Common Expression Language, built so that no value can become syntax.

const escapes: Record<string, string> = {
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** A string literal. */
export function literal(text: string): string {
  const inner = text.replace(/[\\"\n\r\t]|[\u0000-\u001f\u007f]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, "0");
    return escapes[character] ?? `\\u${code}`;
  });
  return `"${inner}"`;
}

/** A literal of a typed text: records have "é" as one character, however a keyboard makes it. */
export function composed(text: string): string {
  return literal(text.normalize("NFC"));
}

/** A condition that a field has one of these values; "" if there are none. */
export function isOneOf(field: string, values: readonly string[]): string {
  const [first, ...others] = values;
  if (first === undefined) return "";
  if (others.length === 0) return `${field} == ${literal(first)}`;
  return `${field} in [${values.map(literal).join(", ")}]`;
}

/** A condition that a list of ids has one. */
export function hasId(field: string, id: string): string {
  return literal(id) + " in " + field;
}

/** A condition that one of these holds; "" if there are none. */
export function any(conditions: readonly string[]): string {
  const given = conditions.filter((each) => each !== "");
  return given.length > 1 ? `(${given.join(" || ")})` : (given[0] ?? "");
}

/** A condition that all of these hold; "" if there are none. */
export function all(conditions: readonly string[]): string {
  return conditions.filter((each) => each !== "").join(" && ");
}

const texts = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;
const constants: ReadonlySet<string> = new Set(["true", "false", "null", "in"]);

/** The names that a condition is about, without functions and the parts of fields. */
export function namesIn(condition: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [token = ""] of condition.replace(texts, " ").matchAll(/[.\w]+\(?/g)) {
    const parts = token.split(".");
    if (token.endsWith("(")) parts.pop();
    const [name = ""] = parts;
    if (/^[A-Za-z_]/.test(name) && !constants.has(name)) names.add(name);
  }
  return names;
}
