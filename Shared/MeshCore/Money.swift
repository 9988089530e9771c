/// An amount of one currency in whole minor units: 12.34 EUR is 1234.
package struct Money: Hashable, Sendable {
  /// What a request may leave out of an amount where its mask names the other part.
  package enum Part: String, Hashable, Sendable, CaseIterable {
    case amountMinor = "amount_minor"
    case currency
  }

  package var amountMinor: Int64
  package var currency: CurrencyCode
  /// The part that a request left out; nil in every record that is kept.
  package private(set) var missing: Part?

  package init(amountMinor: Int64, currency: CurrencyCode) {
    self.amountMinor = amountMinor
    self.currency = currency
  }

  /// An amount of the parts that there are; nil when there is none.
  package init?(amountMinor: Int64?, currency: CurrencyCode?) {
    self.amountMinor = amountMinor ?? 0
    self.currency = currency ?? .unsaid
    switch (amountMinor, currency) {
    case (nil, nil): return nil
    case (nil, _): missing = .amountMinor
    case (_, nil): missing = .currency
    default: break
    }
  }

  /// The amount with some parts of another; nil when no part is left.
  package static func replacing(
    _ parts: Set<Part>,
    of money: Money?,
    by other: Money?
  ) -> Money? {
    func source(_ part: Part) -> Money? {
      let source = parts.contains(part) ? other : money
      return source?.missing == part ? nil : source
    }
    return Money(
      amountMinor: source(.amountMinor)?.amountMinor,
      currency: source(.currency)?.currency
    )
  }

  /// So many percent of the amount, rounded half away from zero; never more than the amount.
  ///
  /// - Parameter percent: 0 to 100; what is beyond counts as the nearer of the two.
  /// - Returns: an amount of the same currency.
  package func share(percent: Int32) -> Money {
    let hundredfold = Int128(amountMinor) * Int128(min(max(percent, 0), 100))
    return Money(amountMinor: Int64(hundredfold.dividedAndRounded(by: 100)), currency: currency)
  }

  /// So many times the amount.
  ///
  /// - Parameter factor: how many.
  /// - Returns: an amount of the same currency; nil when it exceeds 64 bits.
  package func times(_ factor: Int64) -> Money? {
    let (product, isTooLarge) = amountMinor.multipliedReportingOverflow(by: factor)
    return isTooLarge ? nil : Money(amountMinor: product, currency: currency)
  }

  /// The amount in major units and its currency: `-12.34 EUR`, `500 JPY`.
  package var text: String {
    let digits = currency.minorDigits
    var minor = String(amountMinor.magnitude)
    if digits > 0 {
      minor = String(repeating: "0", count: max(0, digits + 1 - minor.utf8.count)) + minor
      minor.insert(".", at: minor.index(minor.endIndex, offsetBy: -digits))
    }
    return (amountMinor < 0 ? "-" : "") + minor + " " + currency.text
  }

  /// Reads an amount as exports write it: `-12,345.60`.
  ///
  /// Commas group digits by threes, a point precedes the decimals. What could mean two amounts
  /// (`1.234,50`, `12,34`) and decimals finer than the currency's minor unit are refused rather
  /// than guessed.
  ///
  /// - Returns: nil when `text` is no such amount or exceeds 64 bits.
  package static func parse(_ text: String, _ currency: CurrencyCode) -> Money? {
    let unsigned = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = unsigned.split(
      separator: ".",
      maxSplits: 1,
      omittingEmptySubsequences: false
    )
    guard let whole = parts.first, let digits = ungrouped(whole) else { return nil }
    var decimals = parts.count == 2 ? String(parts[1]) : ""
    guard parts.count == 1 || !decimals.isEmpty, decimals.utf8.allSatisfy(isDigit) else {
      return nil
    }
    let minorDigits = currency.minorDigits
    while decimals.utf8.count > minorDigits, decimals.last == "0" { decimals.removeLast() }
    guard decimals.utf8.count <= minorDigits else { return nil }
    decimals += String(repeating: "0", count: minorDigits - decimals.utf8.count)
    let sign = unsigned.startIndex == text.startIndex ? "" : "-"
    guard let amount = Int64(sign + digits + decimals) else { return nil }
    return Money(amountMinor: amount, currency: currency)
  }

  /// The digits of `text` without its commas; nil unless they group by threes.
  private static func ungrouped(_ text: Substring) -> String? {
    let groups = text.split(separator: ",", omittingEmptySubsequences: false)
    guard let first = groups.first, !first.isEmpty, groups.joined().utf8.allSatisfy(isDigit),
      groups.count == 1 || first.utf8.count <= 3,
      groups.dropFirst().allSatisfy({ $0.utf8.count == 3 })
    else { return nil }
    return groups.joined()
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }
}
