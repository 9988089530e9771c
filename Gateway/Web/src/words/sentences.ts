// Parts of sentences besides counts: isolated names, and enumerations.

const kinds = { conjunction: " and ", disjunction: " or " } as const;

/** "A", "A and B", "A, B and C"; with "or" for a disjunction. */
export function listed(names: readonly string[], how: keyof typeof kinds = "conjunction"): string {
  const last = names[names.length - 1] ?? "";
  const before = names.slice(0, -1).join(", ");
  return before === "" ? last : before + kinds[how] + last;
}

/** With a capital, for the beginning of a sentence or on its own. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * A name within a sentence: if it is written from right to left, or has direction marks, it does
 * not reverse the words around it (Unicode UAX 9, isolates). Other names stay as they are.
 */
export function isolated(name: string): string {
  if (!/[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/.test(name)) {
    return name;
  }
  return `\u2068${name.replace(/[\u2066-\u2069]/g, "")}\u2069`;
}
