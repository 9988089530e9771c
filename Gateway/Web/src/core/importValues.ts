import type { Field } from "./fields";
import type { Names } from "./fieldText";
import type { Option } from "./options";
import type { ImportRemark } from "./types";
import { words } from "../words/importValues";

// Values of a file that must match something: an entry of a list, a member, an account.

/** A value that an earlier attempt could not match. */
export interface UnreadValue {
  field: string;
  value: string;
}

/** A text without what comparison ignores. */
export function plain(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}

/** The option that a field's text matches; undefined if it matches none, or several. */
export function meantOption(field: Field, options: readonly Option[], text: string): Option | undefined {
  const wanted = plain(text);
  // Choices are matched by their keys, and lists also by their entries' names.
  if (field.kind === "choice") return options.find(({ value }) => value === wanted);
  const exact = options.find(({ value }) => value === text.trim());
  if (exact !== undefined) return exact;
  const called = options.filter(({ label, detail = "" }) => [label, detail].map(plain).includes(wanted));
  return called.length === 1 ? called[0] : undefined;
}

/** The values that an import could not match, according to its remarks. */
export function unreadValues(remarks: readonly ImportRemark[]): UnreadValue[] {
  return remarks
    .filter(({ value, unmatched }) => value !== "" && unmatched)
    .map(({ field, value }) => ({ field, value }));
}

/** A remark's sentence, with names in place of keys and ids. */
export function remarkText({ text, read_as }: ImportRemark, field: Field | undefined, names: Names): string {
  if (read_as === "" || field === undefined) return text;
  return words.wasReadAs(calledBy(read_as, field, names));
}

/** The name of a value that replaces another. */
export function calledBy(value: string, field: Field, names: Names): string {
  switch (field.kind) {
    case "choice":
      return names.choice(field, value);
    case "picklist":
      return names.entry(field.picklist ?? "", value);
    case "reference":
      return /^[a-z]+_[0-9a-z]{26}$/.test(value) ? names.record(value) || value : value;
    default:
      return value;
  }
}
