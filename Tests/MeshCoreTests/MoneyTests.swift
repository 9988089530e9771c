import MeshCore
import Testing

@Suite struct `A quotient` {
  @Test(
    arguments: [
      (5, 2, 3), (-5, 2, -3), (4, 2, 2), (7, 3, 2), (8, 3, 3), (-8, 3, -3), (-1, 3, 0), (0, 7, 0),
      (.max, 2, 1 << 62), (.min, .max, -1), (.min, 1, .min),
    ] as [(Int64, Int64, Int64)]
  )
  func `is rounded half away from zero`(_ number: Int64, _ divisor: Int64, _ expected: Int64) {
    #expect(number.dividedAndRounded(by: divisor) == expected)
  }
}

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

  @Test(
    arguments: [
      (125, 12, 1_500), (-125, 12, -1_500), (0, 12, 0), (.max, 1, .max), (.min, 1, .min),
      (Int64.max / 12, 12, Int64.max - 7), (Int64.max / 12 + 1, 12, nil), (.min, -1, nil),
    ] as [(Int64, Int64, Int64?)]
  )
  func `is multiplied, unless that does not fit`(
    _ amount: Int64,
    _ factor: Int64,
    _ expected: Int64?
  ) {
    let product = Money(amountMinor: amount, currency: .usd).times(factor)
    #expect(product == expected.map { Money(amountMinor: $0, currency: .usd) })
  }

  @Test(
    arguments: [
      (12_345, 10, 1_235), (12_344, 10, 1_234), (-12_345, 10, -1_235), (150, 33, 50), (1, 50, 1),
      (1, 49, 0), (.max, 100, .max), (.min, 100, .min), (.max, 0, 0),
      (.max, 99, 9_131_138_316_486_228_049), (500, 250, 500), (500, -5, 0),
    ] as [(Int64, Int32, Int64)]
  )
  func `gives a share that is rounded half away from zero and never overflows`(
    _ amount: Int64,
    _ percent: Int32,
    _ expected: Int64
  ) {
    let share = Money(amountMinor: amount, currency: .usd).share(percent: percent)
    #expect(share == Money(amountMinor: expected, currency: .usd))
  }
}
