import MeshCore
import Testing

@Suite struct `A currency code` {
  @Test(arguments: [("USD", 2), ("JPY", 0), ("BHD", 3), ("CLF", 4), ("EUR", 2)])
  func `knows its minor digits`(_ text: String, _ digits: Int) throws {
    #expect(try #require(CurrencyCode(text)).minorDigits == digits)
  }

  @Test(arguments: ["usd", "US", "USDX", "ZZZ", "", "€"])
  func `is one that ISO 4217 lists`(_ text: String) {
    #expect(CurrencyCode(text) == nil)
  }
}

@Suite struct `An amount of money` {
  @Test(arguments: [
    ("12,345.60", "USD", 1_234_560), ("12345.6", "USD", 1_234_560), ("0.05", "EUR", 5),
    ("-1,000", "EUR", -100_000), ("12,345", "JPY", 12_345), ("12.00", "JPY", 12),
    ("1.2345", "CLF", 12_345), ("1.5", "BHD", 1_500), ("1.230000", "USD", 123),
    ("92233720368547758.07", "USD", Int64.max), ("-92233720368547758.08", "USD", Int64.min),
  ])
  func `is read in minor units`(_ text: String, _ code: String, _ expected: Int64) throws {
    let currency = try #require(CurrencyCode(code))
    #expect(Money.parse(text, currency) == Money(amountMinor: expected, currency: currency))
  }

  @Test(arguments: [
    "", "-", "1.234,50", "12,34", "1,2345", "1234,567", "1.", ".5", "1.005", "$5", "5 USD", "1e3",
    "--5", "+5", "1 000", "92233720368547758.08", "٣",
  ])
  func `is refused when it could mean anything else`(_ text: String) throws {
    #expect(Money.parse(text, try #require(CurrencyCode("USD"))) == nil)
  }
}
