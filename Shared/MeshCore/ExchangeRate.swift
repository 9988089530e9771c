/// What one unit of a currency is worth in another: a decimal that is exact.
package struct ExchangeRate: Hashable, Sendable {
  /// 1...(10^18 - 1).
  private let billionths: Int64

  package static let one = ExchangeRate(billionths: 1_000_000_000)

  private init(billionths: Int64) { self.billionths = billionths }

  /// Reads a decimal such as `1.0842`: above 0, with at most 9 digits on either side of the point.
  package init?(_ text: String) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ (1...9).contains($0.utf8.count) && $0.utf8.allSatisfy(Self.isDigit) })
    else { return nil }
    let decimals = parts.count == 2 ? String(parts[1]) : ""
    let zeros = String(repeating: "0", count: 9 - decimals.utf8.count)
    guard let billionths = Int64(parts[0] + decimals + zeros), billionths > 0 else { return nil }
    self.billionths = billionths
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  /// The parts of a minor unit in which `parts` counts: all products of amounts and rates are whole.
  package static let partsOfMinorUnit: Int128 = 10_000_000_000_000

  /// The worth of an amount, in parts of the other currency's minor unit.
  ///
  /// - Parameters:
  ///   - minor: the amount in minor units of `currency`.
  ///   - currency: of which one unit is worth the rate.
  ///   - other: the currency that the rate is in.
  /// - Returns: nil beyond 128 bits.
  package func parts(
    of minor: Int128,
    _ currency: CurrencyCode,
    in other: CurrencyCode
  ) -> Int128? {
    // 13 digits after the minor unit's point: 9 of the rate, and the 4 that a currency has at most.
    var parts = minor.multipliedReportingOverflow(by: Int128(billionths))
    for _ in 0..<(4 - currency.minorDigits + other.minorDigits) where !parts.overflow {
      parts = parts.partialValue.multipliedReportingOverflow(by: 10)
    }
    return parts.overflow ? nil : parts.partialValue
  }
}
