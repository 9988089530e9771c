package import MeshCore

/// A decimal number as it was written, without rounding.
package struct ExactDecimal: Hashable, Sendable, CustomStringConvertible {
  private static let mostDigits = 34

  /// The number times ten to the power of `scale`.
  private let coefficient: Int128
  /// How many of its digits are decimals; the last of them is not 0.
  private let scale: Int

  /// Refuses a number of more than 34 digits.
  ///
  /// - Parameters:
  ///   - isNegative: whether it is below zero.
  ///   - digits: in ASCII, decimals included.
  ///   - decimals: how many of the digits are decimals.
  ///   - exponent: the power of ten that it is multiplied with.
  init?(isNegative: Bool, digits: [UInt8], decimals: Int, exponent: Int) {
    guard abs(exponent) <= 999, decimals <= digits.count else { return nil }
    var scale = decimals - exponent
    var significant = digits.drop { $0 == UInt8(ascii: "0") }
    if significant.isEmpty { scale = 0 }
    while scale > 0, significant.last == UInt8(ascii: "0") {
      significant.removeLast()
      scale -= 1
    }
    guard significant.count - min(scale, 0) <= Self.mostDigits, scale <= Self.mostDigits else {
      return nil
    }
    var coefficient: Int128 = 0
    for digit in significant {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      coefficient = coefficient * 10 + Int128(digit - UInt8(ascii: "0"))
    }
    while scale < 0 {
      coefficient *= 10
      scale += 1
    }
    self.coefficient = isNegative ? -coefficient : coefficient
    self.scale = scale
  }

  package var isWhole: Bool { scale == 0 }

  /// The number, if it has no decimals and fits.
  package var whole: Int64? { scale == 0 ? Int64(exactly: coefficient) : nil }

  /// The whole number of percent that a part of one is: 25 of 0.25; nil for 0, 1 and other numbers.
  package var percentOfOne: Int64? {
    guard (1...2).contains(scale), coefficient > 0, coefficient < (scale == 1 ? 10 : 100) else {
      return nil
    }
    return Int64(exactly: scale == 1 ? coefficient * 10 : coefficient)
  }

  /// The nearest binary number.
  package var double: Double { Double("\(coefficient)e-\(scale)") ?? .nan }

  /// Whether it has more decimals than an amount of a currency.
  package func isFiner(than currency: CurrencyCode) -> Bool { scale > currency.minorDigits }

  /// The number as an amount; nil when it is too large, or finer than the currency's minor unit.
  package func money(in currency: CurrencyCode) -> Money? {
    guard !isFiner(than: currency) else { return nil }
    var minor = coefficient
    for _ in 0..<(currency.minorDigits - scale) {
      let (product, isTooLarge) = minor.multipliedReportingOverflow(by: 10)
      if isTooLarge { return nil }
      minor = product
    }
    return Int64(exactly: minor).map { Money(amountMinor: $0, currency: currency) }
  }

  /// With a point before the decimals: `-12.5`.
  package var description: String {
    var digits = String(coefficient.magnitude)
    if scale > 0 {
      digits = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -scale))
    }
    return (coefficient < 0 ? "-" : "") + digits
  }
}
