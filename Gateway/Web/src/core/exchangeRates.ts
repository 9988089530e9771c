import type { ExchangeRate } from "./api.generated";
import { plainNumber } from "./numbers";
import type { Option } from "./options";
import { words } from "../words/currencies";

// Rates of other currencies to a tenant's own, as typed.

/** In the API's form: a decimal above 0 with at most 9 digits on either side; null for any other text. */
export function rateOf(text: string): string | null {
  const digits = plainNumber(text);
  if (digits === null || digits.startsWith("-")) return null;
  const [whole = "", fraction = ""] = digits.split(".");
  if (whole.length > 9 || fraction.length > 9 || !/[1-9]/.test(digits)) return null;
  return digits;
}

/** The error in the currency of a row of rates; "" for none. */
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

/** The error in the rate of a currency; "" for none. */
export function worthFault({ rate }: ExchangeRate): string {
  return rateOf(rate) === null ? words.faults.noRate : "";
}

/** The first error in a row of rates; "" for none. */
export function rateFault(row: ExchangeRate, own: string, all: readonly ExchangeRate[]): string {
  return currencyFault(row, own, all) || worthFault(row);
}

/** The currencies that the browser knows, by name; and these, known or not. */
export function currencyOptions(known: readonly string[], locale: string): readonly Option[] {
  const intl = Intl as { supportedValuesOf?: (key: string) => string[] };
  const supported = intl.supportedValuesOf?.("currency") ?? [];
  const codes = new Set([...supported, ...known.filter((each) => each !== "")]);
  return [...codes].sort().map((code) => ({ value: code, label: code, detail: currencyName(code, locale) }));
}

/** The name of a currency: for "EUR", "Euro"; its code if unknown. */
export function currencyName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "currency" }).of(code) ?? code;
  } catch {
    return code;
  }
}
