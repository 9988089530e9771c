import assert from "node:assert/strict";
import { test } from "node:test";
import { currencyName, currencyOptions, rateFault, rateOf } from "../src/core/exchangeRates";

test("a rate is a decimal above 0 with at most 9 digits on either side", () => {
  assert.equal(rateOf("1.0842"), "1.0842");
  assert.equal(rateOf(" 1,234.5 "), "1234.5");
  assert.equal(rateOf("0.000000001"), "0.000000001");
  assert.equal(rateOf("999999999.999999999"), "999999999.999999999");
  for (const none of ["", "0", "0.000", "-1", "1e3", "1.0842x", "1,0842", "1000000000", "0.0000000001"]) {
    assert.equal(rateOf(none), null, none);
  }
});

test("a row says what is wrong with it: no currency, the own one, one twice, no rate", () => {
  const row = (currency: string, rate = "2") => ({ currency, rate });
  const rows = [row("EUR"), row("GBP", "x"), row("CHF"), row("CHF"), row(""), row("USD")];
  const faulty = rows.map((each) => rateFault(each, "USD", rows) !== "");
  assert.deepEqual(faulty, [false, true, true, true, true, true]);
  const said = new Set(rows.map((each) => rateFault(each, "USD", rows)));
  assert.equal(said.size, 5);
});

test("currencies are those that the browser knows, and those that are there already", () => {
  const options = currencyOptions(["EUR", "XTS", ""], "en");
  const codes = options.map(({ value }) => value);
  assert.ok(codes.includes("XTS") && codes.includes("USD") && !codes.includes(""));
  assert.equal(codes.filter((code) => code === "EUR").length, 1);
  assert.equal(options.find(({ value }) => value === "EUR")?.detail, "Euro");
  assert.equal(currencyName("nonsense", "en"), "nonsense");
});
