/// A whole number of units that have some decimal digits, as an amount of money is kept: 12345 units of two
/// digits are 123.45.
///
/// It compares with every number exactly. A double beside it is the shortest decimal number that denotes
/// the double, which is what people wrote: 0.1 is a tenth.
package struct ScaledInteger: Hashable, Sendable {
  package let units: Int64
  /// 0...4.
  package let digits: Int

  /// - Parameters:
  ///   - units: how many.
  ///   - digits: decimal digits of a unit; anything outside 0...4 is taken as the nearer end.
  package init(units: Int64, digits: Int) {
    self.units = units
    self.digits = min(max(digits, 0), Self.mostDigits)
  }

  /// As many as a currency of ISO 4217 has.
  package static let mostDigits = 4

  func order(to other: ScaledInteger) -> ValueOrder {
    ValueOrder(comparing: fourDigits, other.fourDigits)
  }

  private var fourDigits: Int128 {
    (digits..<Self.mostDigits).reduce(Int128(units)) { units, _ in units * 10 }
  }

  /// How it stands to a number; nil for what is no number.
  func order(to value: CELValue) -> ValueOrder? {
    guard let place = Self.place(of: value, digits: digits) else {
      if case .double = value { return .unordered }
      return nil
    }
    switch place {
    case .beforeAll: return .descending
    case .afterAll: return .ascending
    case .at(let whole): return ValueOrder(comparing: units, whole)
    case .after(let whole): return units <= whole ? .ascending : .descending
    }
  }

  /// Where a number lies among whole numbers of units.
  package enum Place: Hashable, Sendable {
    /// Below all that 64 bits hold.
    case beforeAll
    case at(Int64)
    /// Between this one and the next.
    case after(Int64)
    /// Above all that 64 bits hold.
    case afterAll
  }

  /// Where a number lies among units of some digits.
  ///
  /// - Returns: nil for NaN, and for what is no number with a known value.
  package static func place(of value: CELValue, digits: Int) -> Place? {
    switch value {
    case .int(let number): Decimal(Int128(number)).place(digits)
    case .uint(let number): Decimal(Int128(number)).place(digits)
    case .double(let number):
      if number.isNaN {
        nil
      } else if number.isInfinite {
        number < 0 ? .beforeAll : .afterAll
      } else {
        Decimal(number).place(digits)
      }
    default: nil
    }
  }
}

/// A decimal number: `digits` times ten to the power of `exponent`.
private struct Decimal {
  var digits: Int128
  var exponent = 0

  init(_ whole: Int128) { digits = whole }

  /// The shortest decimal number that denotes a finite double.
  init(_ number: Double) {
    digits = 0
    var isFraction = false
    let parts = number.magnitude.description.utf8.split(separator: UInt8(ascii: "e"))
    for byte in parts[0] {
      if byte == UInt8(ascii: ".") {
        isFraction = true
      } else {
        digits = digits * 10 + Int128(byte - UInt8(ascii: "0"))
        if isFraction { exponent -= 1 }
      }
    }
    if parts.count == 2 { exponent += Int(Substring(parts[1])) ?? 0 }
    if number < 0 { digits.negate() }
  }

  /// Where it lies among units of some digits.
  func place(_ places: Int) -> ScaledInteger.Place {
    var (whole, isExact) = (digits, true)
    var shift = exponent + places
    while shift > 0, whole != 0 {
      let (product, overflows) = whole.multipliedReportingOverflow(by: 10)
      if overflows { return digits < 0 ? .beforeAll : .afterAll }
      (whole, shift) = (product, shift - 1)
    }
    while shift < 0 {
      let (quotient, remainder) = whole.quotientAndRemainder(dividingBy: 10)
      if remainder != 0 { isExact = false }
      if quotient == 0 && remainder == 0 { break }
      (whole, shift) = (quotient, shift + 1)
    }
    if !isExact && digits < 0 { whole -= 1 }
    if whole < Int128(Int64.min) { return .beforeAll }
    guard let units = Int64(exactly: whole) else { return .afterAll }
    return isExact ? .at(units) : .after(units)
  }
}
