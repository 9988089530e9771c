import type { ExchangeRate } from "./api.generated";
import { plainNumber } from "./numbers";
import type { Option } from "./options";
import { words } from "../words/currencies";

// What other currencies are worth in a tenant's own, as it is typed.

/** As the API takes it: a decimal above 0 with at most 9 digits on either side; null for any other text. */
export function rateOf(text: string): string | null {
  const digits = plainNumber(text);
  if (digits === null || digits.startsWith("-")) return null;
  const [whole = "", fraction = ""] = digits.split(".");
  if (whole.length > 9 || fraction.length > 9 || !/[1-9]/.test(digits)) return null;
  return digits;
}

/** What is wrong with the currency of a row of rates; "" where nothing is. */
export function currencyFault(
  { currency }: ExchangeRate,
  own: string,
  all: readonly ExchangeRate[],
): string {
  if (currency === "") return words.faults.noCurrency;
  if (currency === own) return words.faults.isOwn;
  if (all.filter((each) => each.currency === currency).length > 1) return words.faults.isTwice;
  return "";
}

/** What is wrong with what a currency is worth; "" where nothing is. */
export function worthFault({ rate }: ExchangeRate): string {
  return rateOf(rate) === null ? words.faults.noRate : "";
}

/** What is wrong first with a row of rates; "" where nothing is. */
export function rateFault(row: ExchangeRate, own: string, all: readonly ExchangeRate[]): string {
  return currencyFault(row, own, all) || worthFault(row);
}

/** The currencies that the browser knows, by their names; and these, whether it knows them or not. */
export function currencyOptions(known: readonly string[], locale: string): readonly Option[] {
  const intl = Intl as { supportedValuesOf?: (key: string) => string[] };
  const supported = intl.supportedValuesOf?.("currency") ?? [];
  const codes = new Set([...supported, ...known.filter((each) => each !== "")]);
  return [...codes].sort().map((code) => ({ value: code, label: code, detail: currencyName(code, locale) }));
}

/** What a currency is called: of "EUR", "Euro"; its code where nobody knows. */
export function currencyName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "currency" }).of(code) ?? code;
  } catch {
    return code;
  }
}
