// Phone numbers as people read them. They come in E.164 wherever the service could read them, and are
// only spaced here: which digits belong together is known for a few countries, elsewhere it is in threes.

/** Digits of country codes (ITU-T E.164) that begin no longer code. */
const shortCodes = /^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** A number in E.164 with spaces: "+49 301 234 567"; any other text as it is. */
export function formatPhone(phone: string): string {
  const parts = /^\+(\d{7,15})(?!\d)(.*)$/.exec(phone);
  if (parts === null) return phone;
  const [, digits = "", rest = ""] = parts;
  const code = shortCodes.exec(digits)?.[0] ?? digits.slice(0, 3);
  const number = digits.slice(code.length);
  if (code === "1" && number.length === 10) {
    return `+1 ${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}${rest}`;
  }
  return `+${code} ${inThrees(number)}${rest}`;
}

/** The last group has two to four digits, so that none stands alone. */
function inThrees(number: string): string {
  const groups: string[] = [];
  let left = number;
  while (left.length > 4) {
    groups.push(left.slice(0, 3));
    left = left.slice(3);
  }
  return [...groups, left].filter((group) => group !== "").join(" ");
}
