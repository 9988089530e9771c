import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  duration,
  exampleAmount,
  formatBytes,
  formatInt64,
  formatMoney,
  initials,
  moneyDigits,
  parseMinor,
  relativeTime,
} from "../src/core/format";

const now = new Date(2026, 2, 18, 15, 0, 0);
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString();

describe("A moment", () => {
  test("is said by its distance from now", () => {
    assert.equal(relativeTime(ago(20), now), "just now");
    assert.equal(relativeTime(ago(5 * 60), now), "5m ago");
    assert.equal(relativeTime(ago(3 * 3600), now), "3h ago");
    assert.equal(relativeTime(ago(20 * 3600), now), "yesterday");
    assert.equal(relativeTime(ago(3 * 86_400), now), "3d ago");
  });

  test("is said by its date once it is a week away, with the year if it is another", () => {
    assert.equal(relativeTime(new Date(2026, 0, 5).toISOString(), now), "Jan 5");
    assert.equal(relativeTime(new Date(2024, 0, 5).toISOString(), now), "Jan 5, 2024");
  });

  test("is nothing when it is unset or no time", () => {
    assert.equal(relativeTime("", now), "");
    assert.equal(relativeTime("soon", now), "");
  });
});

describe("Money", () => {
  test("is shown to the last minor unit, beyond what a double holds", () => {
    assert.equal(formatMoney({ amount_minor: "123456", currency: "USD" }), "$1,234.56");
    assert.equal(
      formatMoney({ amount_minor: "9007199254740993", currency: "USD" }),
      "$90,071,992,547,409.93",
    );
  });

  test("has the digits of its currency and no empty fraction", () => {
    assert.equal(formatMoney({ amount_minor: "5000", currency: "JPY" }), "¥5,000");
    assert.equal(formatMoney({ amount_minor: "1500", currency: "USD" }), "$15");
    assert.equal(formatMoney({ amount_minor: "-5", currency: "USD" }), "-$0.05");
  });

  test("is typed with separators and read exactly", () => {
    assert.equal(parseMinor("1,234.5", "USD"), "123450");
    assert.equal(parseMinor("90 071 992 547 409.93", "USD"), "9007199254740993");
    assert.equal(parseMinor("12", "BHD"), "12000");
    assert.equal(parseMinor("12.5", "JPY"), null);
    assert.equal(parseMinor("1.234,50", "USD"), null);
    assert.equal(parseMinor("a lot", "USD"), null);
  });

  test("has as many digits as the API counts, whatever a browser rounds its currency to", () => {
    assert.equal(moneyDigits({ amount_minor: "123450", currency: "HUF" }), "1234.50");
    assert.equal(moneyDigits({ amount_minor: "123450", currency: "IQD" }), "123.450");
    assert.equal(parseMinor("1234.5", "IDR"), "123450");
    assert.equal(parseMinor("1234.5678", "CLF"), "12345678");
    assert.match(formatMoney({ amount_minor: "123450", currency: "HUF" }), /1,234\.50/);
  });

  test("is the same after it was shown for editing and read again", () => {
    const money = { amount_minor: "123405", currency: "EUR" };
    assert.equal(parseMinor(moneyDigits(money), "EUR"), money.amount_minor);
  });
});

describe("Money of a tenant", () => {
  const german = { locale: "de-DE", currency: "EUR" };
  const swiss = { locale: "de-CH", currency: "CHF" };
  const french = { locale: "fr-FR", currency: "EUR" };

  test("is shown as its locale has it", () => {
    assert.equal(formatMoney({ amount_minor: "123456789", currency: "EUR" }, german), "1.234.567,89\u00a0€");
    assert.equal(formatMoney({ amount_minor: "9007199254740993", currency: "USD" }, german), "90.071.992.547.409,93\u00a0$");
  });

  test("is typed as its locale has it, and read exactly", () => {
    assert.equal(moneyDigits({ amount_minor: "123450", currency: "EUR" }, german), "1234,50");
    assert.equal(parseMinor("1.234,5", "EUR", german), "123450");
    assert.equal(parseMinor("90.071.992.547.409,93", "EUR", german), "9007199254740993");
    assert.equal(parseMinor("1.234", "EUR", german), "123400");
    assert.equal(parseMinor("1 234,5", "EUR", french), "123450");
    assert.equal(parseMinor("1’234.5", "CHF", swiss), "123450");
  });

  test("is not guessed at", () => {
    for (const text of ["1,234.50", "12.5", "1.50", "1.2345", "1,2,3"]) {
      assert.equal(parseMinor(text, "EUR", german), null, text);
    }
  });

  test("is the same after it was shown for editing and read again", () => {
    for (const style of [german, swiss, french, { locale: "ar-EG", currency: "EGP" }, { locale: "en-IN", currency: "INR" }]) {
      for (const minor of ["0", "5", "123405", "-123405", "9223372036854775807"]) {
        const digits = moneyDigits({ amount_minor: minor, currency: style.currency }, style);
        assert.equal(parseMinor(digits, style.currency, style), minor, `${style.locale} ${digits}`);
      }
    }
  });

  test("has an example that can be typed", () => {
    assert.equal(exampleAmount("EUR", german), "1.250.000,50");
    assert.equal(exampleAmount("JPY", german), "1.250.000");
    assert.equal(exampleAmount("USD"), "1,250,000.50");
    for (const style of [german, swiss, french]) {
      assert.equal(parseMinor(exampleAmount("EUR", style), "EUR", style), "125000050", style.locale);
    }
  });
});

describe("Numbers", () => {
  test("of 64 bits keep every digit", () => {
    assert.equal(formatInt64("9223372036854775807"), "9,223,372,036,854,775,807");
  });

  test("of bytes and seconds have a unit one can grasp", () => {
    assert.equal(formatBytes(999), "999 bytes");
    assert.equal(formatBytes(1_536_000), "1.5 MB");
    assert.equal(duration("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.03Z"), "less than 0.1 s");
    assert.equal(duration("2026-01-01T00:00:00Z", "2026-01-01T00:00:01.25Z"), "1.3 s");
    assert.equal(duration("2026-01-01T00:00:00Z", "2026-01-01T00:03:05Z"), "3 min 5 s");
  });
});

describe("Initials", () => {
  test("are the first letters of the first and last name, in any script", () => {
    assert.equal(initials("Ada King Lovelace"), "AL");
    assert.equal(initials("öykü"), "Ö");
    assert.equal(initials("  "), "");
    assert.equal(initials("𝒜da Li"), "𝒜L");
  });
});
