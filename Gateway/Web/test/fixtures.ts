import { type Field, fieldsOf } from "../src/core/fields";
import type { Names } from "../src/core/fieldText";
import type { FieldDescription } from "../src/core/json";

/** A field as a schema declares it; text where that does not say otherwise. */
export function field(about: Partial<FieldDescription> = {}, name = "thing"): Field {
  const found = fieldsOf({ [name]: { label: "Thing", type: "text", ...about } }).get(name);
  if (found === undefined) throw new Error("a schema of one field has one");
  return found;
}

/** Everything is called by its key in capitals. */
export const names: Names = {
  entry: (_, key) => key.toUpperCase(),
  record: (id) => id.toUpperCase(),
  choice: (_, key) => key.toUpperCase(),
};

/** Texts that have been mistaken for something else. */
export const hostileTexts = [
  `"`,
  `\\`,
  `\\"`,
  `" || true || "`,
  `') || true || ('`,
  "a, b",
  "..",
  "1..2",
  "~",
  "~~x",
  "=",
  "==x",
  "-",
  "*",
  "%",
  "%2C",
  "%252c",
  "100 %",
  "a+b c",
  "&open=x",
  "#",
  "?q=1",
  "line\nbreak\r\ttab",
  "\u0000\u0007\u007f",
  "😀 👩‍👩‍👧",
  "\u202eright to left\u202c",
  "עברית",
  "<script>",
  "${x}",
  "null",
  "me",
  "today",
];
