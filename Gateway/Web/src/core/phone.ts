// Phone numbers as people read them: in the groups that each country uses (ITU-T E.123). They come in
// E.164 if the service could parse them, and only get spaces here. Countries that the table lacks
// have groups of three.

/** Country codes (ITU-T E.164) of up to two digits; all others have three. */
const shortCodes = /^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/**
 * By country code: the beginning of a number, and the sizes of its groups, of which the last one takes the
 * rest; the first match counts. As in libphonenumber.
 */
const plans: Record<string, [RegExp, number[]][]> = {
  "1": [[/^\d{10}$/, [3, 3, 4]]],
  "31": [
    [/^6[1-58]/, [1, 8]],
    [/^(1[035]|2[0346]|3[03568]|4[0356]|5[0358]|7|8[4578]|91)/, [2, 3, 4]],
    [/^[1-5]/, [3, 3, 3]],
  ],
  "33": [[/^[1-79]\d{8}$/, [1, 2, 2, 2, 2]], [/^8\d{8}$/, [3, 2, 2, 2]]],
  "34": [[/^[89]00/, [3, 3, 3]], [/^\d{9}$/, [3, 2, 2, 2]]],
  "41": [[/^([89]0\d|860)/, [3, 3, 3]], [/^\d{9}$/, [2, 3, 2, 2]]],
  "43": [
    [/^1/, [1, 12]],
    [/^(316|463|512|6[5-9]\d|732|[89]\d\d)/, [3, 10]],
    [/^[2-467]/, [4, 9]],
  ],
  "44": [
    [/^(2|5[56]|70|76(?!24))/, [2, 4, 4]],
    [/^(1(\d1|1\d)|3|9[018])/, [3, 3, 4]],
    [/^(1(38|539[45]|697[347]|768[347]|946[67])|1)/, [4, 6]],
    [/^7/, [4, 6]],
    [/^800/, [3, 7]],
  ],
  "49": [
    [/^(3[02]|40|[68]9)/, [2, 13]],
    [/^(2(0[1-389]|1[124]|2[18]|3[14])|3([35-9][15]|4[015])|906|(2[4-9]|4[2-9]|[579][1-9]|[68][1-8])1)/, [3, 12]],
    [/^1[67]/, [3, 12]],
    [/^15[0568]/, [5, 6]],
    [/^15/, [4, 7]],
    [/^800/, [3, 12]],
    [/^33(0[1-467]|2[127-9]|3[124578]|7[1257-9]|8[1256]|9[145])/, [4, 11]],
    [/^3(4(2[135]|4[13578]|9[1346])|5(0[14]|2[1-3589]|6[1-4]|7[13468]|8[13568]))/, [4, 11]],
    [/^3(6(2[1-489]|3[124-6]|6[13]|7[12579]|8[1-356]|9[135])|7(2[1-7]|4[145]|6[1-5]|7[1-4]))/, [4, 11]],
    [/^3(8(21|3[1468]|6|7[1467]|8[136])|9(0[12479]|2[1358]|4[134679]|6[1-9]|7[136]|8[147]|9[1468]))/, [4, 11]],
    [/^3/, [5, 10]],
    [/^[24-9]/, [4, 11]],
  ],
  "61": [[/^4/, [3, 3, 3]], [/^[2378]/, [1, 4, 4]]],
  "91": [[/^[6-9]\d{9}$/, [5, 5]]],
};

/** A number in E.164 with spaces: "+49 30 1234567 ext. 12"; any other text as it is. */
export function formatPhone(phone: string): string {
  const parts = /^\+(\d{7,15})(?!\d)(.*)$/.exec(phone);
  if (parts === null) return phone;
  const [, digits = "", rest = ""] = parts;
  const code = shortCodes.exec(digits)?.[0] ?? digits.slice(0, 3);
  const number = digits.slice(code.length);
  const plan = plans[code]?.find(([begin]) => begin.test(number));
  return `+${code} ${plan === undefined ? inThrees(number) : inGroups(number, plan[1])}${rest}`;
}

function inGroups(number: string, lengths: number[]): string {
  const groups: string[] = [];
  let left = number;
  for (const length of lengths.slice(0, -1)) {
    groups.push(left.slice(0, length));
    left = left.slice(length);
  }
  return [...groups, left].filter((group) => group !== "").join(" ");
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
