import type { Address } from "../../core/api.generated";

/** Countries in which the city comes first: "Houston, TX 77011". */
const cityFirst = new Set([
  "us",
  "usa",
  "united states",
  "united states of america",
  "ca",
  "canada",
  "au",
  "australia",
]);

/** An address in lines, as far as it is known, in the format of its country. */
export function addressLines(address: Address | null): readonly string[] {
  if (address === null) return [];
  const { street, postal_code, city, state, country } = address;
  const known = (texts: readonly string[], between: string) => texts.filter((each) => each !== "").join(between);
  const place = cityFirst.has(country.trim().toLowerCase())
    ? [known([city, known([state, postal_code], " ")], ", ")]
    : [known([postal_code, city], " "), state];
  return [street, ...place, country].filter((each) => each !== "");
}
