import { locale } from "./format";
import type { Option } from "./options";

const first = "A".charCodeAt(0);
const letters = Array.from({ length: 26 }, (_, place) => String.fromCharCode(first + place));
/** Codes of unions and of countries that are no more, and what ISO 3166-1 leaves to users. */
const others =
  /^(AC|AN|BU|CP|CQ|CS|DD|DG|DY|EA|EU|EZ|FX|HV|IC|NH|NT|Q[M-Z]|RH|SU|TA|TP|UK|UN|VD|X[A-JL-Z]|YD|YU|ZR|ZZ)$/;

let known: readonly Option[] | null = null;

/** The countries that the browser has a name for, by name; their values are the codes of ISO 3166-1 alpha-2. */
export function countryOptions(): readonly Option[] {
  known ??= countries();
  return known;
}

function countries(): readonly Option[] {
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const codes = letters.flatMap((one) => letters.map((other) => one + other));
  return codes
    .filter((code) => !others.test(code))
    .flatMap((code) => {
      const label = names.of(code);
      return label === undefined ? [] : [{ value: code, label, detail: code }];
    })
    .sort((a, b) => a.label.localeCompare(b.label, locale));
}
