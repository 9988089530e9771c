import Testing

@testable import MeshCore

@Suite struct `An exchange rate` {
  private func code(_ text: String) -> CurrencyCode { CurrencyCode(text) ?? .usd }

  /// The worth of an amount in whole minor units, and what is left of one in parts.
  private func worth(
    _ minor: Int128,
    _ from: String,
    _ rate: String,
    _ to: String
  ) -> (whole: Int128, rest: Int128)? {
    ExchangeRate(rate)?.parts(of: minor, code(from), in: code(to)).map {
      let parts = $0.quotientAndRemainder(dividingBy: ExchangeRate.partsOfMinorUnit)
      return (parts.quotient, parts.remainder)
    }
  }

  @Test(
    arguments: [
      (100, "EUR", "1.0842", "USD", 108, 4_200_000_000_000),
      (7, "JPY", "0.005", "USD", 3, 5_000_000_000_000),
      (100, "USD", "157.25", "JPY", 157, 2_500_000_000_000),
      (1, "KWD", "3.25", "CLF", 32, 5_000_000_000_000),
      (-50, "EUR", "2", "EUR", -100, 0), (1, "CLF", "0.000000001", "JPY", 0, 1),
    ] as [(Int128, String, String, String, Int128, Int128)]
  )
  func `is exact, whatever the digits of the currencies`(
    minor: Int128,
    from: String,
    rate: String,
    to: String,
    whole: Int128,
    rest: Int128
  ) throws {
    let worth = try #require(self.worth(minor, from, rate, to))
    #expect(worth.whole == whole && worth.rest == rest)
  }

  @Test func `says when it is beyond 128 bits`() {
    #expect(worth(Int128(Int64.max), "EUR", "999999999.999999999", "USD") == nil)
    #expect(worth(Int128(Int64.max), "EUR", "9999.999999999", "USD")?.whole != nil)
  }

  @Test(arguments: [
    "", "0", "0.0", "-1", "+1", "1.", ".5", "1,5", "1.5.5", "1e3", "1234567890", "1.1234567890",
    " 1", "\u{661}",
  ])
  func `is a decimal above 0 of 9 digits on either side`(text: String) {
    #expect(ExchangeRate(text) == nil)
    #expect(ExchangeRate("1") == .one && ExchangeRate("1.000000000") == .one)
  }
}
