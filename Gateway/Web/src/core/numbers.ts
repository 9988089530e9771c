// Numbers as people type them.

/** The separators in a number: "," and "." in "1,234.5". */
export interface NumberMarks {
  group: string;
  decimal: string;
}

const english: NumberMarks = { group: ",", decimal: "." };

/** The digits 0 to 9, whichever digits a locale has. */
export const latinDigits = { numberingSystem: "latn" } as Intl.NumberFormatOptions;

/** The separators of a locale that uses the digits 0 to 9. */
export function marksOf(locale: string): NumberMarks {
  const parts = new Intl.NumberFormat(locale, latinDigits).formatToParts(1_234_567.5);
  const mark = (type: string, otherwise: string) => parts.find((part) => part.type === type)?.value ?? otherwise;
  return { group: mark("group", english.group), decimal: mark("decimal", english.decimal) };
}

/**
 * The digits of a number, with "-" and "." if it has them: for "1 234.5", "1,234.5"
 * and "1'234.5" it is "1234.5". Null for any other text, "1.234,5" and "1e9" among them: a wrong guess
 * could be off by a factor of a thousand.
 *
 * @param marks - those of another locale than English
 */
export function plainNumber(text: string, marks = english): string | null {
  const inEnglish = (mark: string) =>
    mark === marks.decimal ? english.decimal : mark === marks.group ? english.group : mark;
  const compact = [...text].map(inEnglish).join("").replace(/[\s'’]/g, "").replace(/^[−–]/, "-");
  const found = /^(-?)(\d*|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/.exec(compact);
  if (found === null) return null;
  const [, sign = "", grouped = "", fraction = ""] = found;
  if (grouped === "" && fraction === "") return null;
  const whole = grouped.replace(/,/g, "").replace(/^0+(?=\d)/, "") || "0";
  const digits = fraction === "" ? whole : `${whole}.${fraction}`;
  return /[1-9]/.test(digits) ? sign + digits : digits;
}

/** Whether a number of `plainNumber` has nothing after its point. */
export function isWhole(digits: string): boolean {
  return !digits.includes(".");
}

const most64 = 9_223_372_036_854_775_807n;

/** Whether a number of `plainNumber`, or its part before the point, fits in 64 bits. */
export function fits64(digits: string): boolean {
  const whole = BigInt(digits.split(".")[0] ?? "0");
  return whole <= most64 && whole >= -most64;
}

/** Whether one number of `plainNumber` is less than another; exact for whole numbers. */
export function isLess(a: string, b: string): boolean {
  return isWhole(a) && isWhole(b) ? BigInt(a) < BigInt(b) : Number(a) < Number(b);
}
