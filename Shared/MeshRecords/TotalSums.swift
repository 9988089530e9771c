package import MeshCore

/// The number of records, and the exact sums of their amounts, whatever their size.
package struct TotalSums: Sendable, Equatable {
  private struct Sum: Equatable {
    var amount: Int128 = 0
    /// A hundred times the weighted amount.
    var weighted: Int128 = 0

    var roundedWeighted: Int128 { weighted.dividedAndRounded(by: 100) }
  }

  package private(set) var count: Int64 = 0
  /// The sum of the numbers that are kept beside the amounts; nil if there are none.
  package private(set) var number: Int64?
  private var sums: [CurrencyCode: Sum] = [:]
  /// Whether there are weighted sums.
  private var isWeighted = false

  package init() {}

  package static func += (left: inout Self, right: Self) {
    left.count += right.count
    if let number = right.number { left.number = (left.number ?? 0) + number }
    left.isWeighted = left.isWeighted || right.isWeighted
    for (currency, sum) in right.sums { left.add(sum.amount, sum.weighted, currency) }
  }

  /// The difference of two sums, by count and currency; may be negative.
  package static func - (left: Self, right: Self) -> Self {
    var difference = left
    difference.count -= right.count
    if let number = right.number { difference.number = (left.number ?? 0) - number }
    difference.isWeighted = left.isWeighted || right.isWeighted
    for (currency, sum) in right.sums { difference.add(-sum.amount, -sum.weighted, currency) }
    return difference
  }

  mutating func add(records: Int64, number: Int64? = nil) {
    count += records
    if let number { self.number = (self.number ?? 0) + number }
  }

  /// Adds an amount; `weighted` is a hundred times the weighted one, or nil if there is none.
  mutating func add(_ amount: Int128, weighted: Int128?, _ currency: CurrencyCode) {
    if weighted != nil { isWeighted = true }
    add(amount, weighted ?? 0, currency)
  }

  private mutating func add(_ amount: Int128, _ weighted: Int128, _ currency: CurrencyCode) {
    sums[currency, default: Sum()].amount += amount
    sums[currency, default: Sum()].weighted += weighted
  }

  /// The sums of the amounts, one for each currency, by the currencies' codes; without those that are too
  /// large.
  package var amounts: [Money] { money(\.amount) }

  /// As `amounts`, of the weighted amounts, each sum rounded half away from zero to the minor unit.
  package var weightedAmounts: [Money] { isWeighted ? money(\.roundedWeighted) : [] }

  /// The sums of all amounts in one currency, and of all weighted ones: each is rounded once, half away from
  /// zero.
  ///
  /// - Parameters:
  ///   - currency: the one that the rates are in.
  ///   - rates: the value of a unit of each other currency.
  /// - Returns: nil where there are no amounts, a rate is missing or the sum is too large.
  package func converted(
    to currency: CurrencyCode,
    _ rates: [CurrencyCode: ExchangeRate]
  ) -> (amount: Money?, weighted: Money?) {
    func converted(_ part: (Sum) -> Int128, hundredths: Int128) -> Money? {
      if sums.isEmpty { return nil }
      var parts: Int128 = 0
      for (from, sum) in sums {
        let rate = from == currency ? .one : rates[from]
        guard let worth = rate?.parts(of: part(sum), from, in: currency) else { return nil }
        let next = parts.addingReportingOverflow(worth)
        if next.overflow { return nil }
        parts = next.partialValue
      }
      let unit = ExchangeRate.partsOfMinorUnit * hundredths
      return Int64(exactly: parts.dividedAndRounded(by: unit))
        .map { Money(amountMinor: $0, currency: currency) }
    }
    return (
      converted(\.amount, hundredths: 1),
      isWeighted ? converted(\.weighted, hundredths: 100) : nil
    )
  }

  /// The currencies with a sum beyond 64 bits.
  package var tooLarge: [CurrencyCode] {
    currencies.filter { currency in
      let sum = sums[currency] ?? Sum()
      return Int64(exactly: sum.amount) == nil || Int64(exactly: sum.roundedWeighted) == nil
    }
  }

  private var currencies: [CurrencyCode] { sums.keys.sorted { $0.text < $1.text } }

  private func money(_ part: (Sum) -> Int128) -> [Money] {
    currencies.compactMap { currency in
      sums[currency].flatMap { Int64(exactly: part($0)) }
        .map { Money(amountMinor: $0, currency: currency) }
    }
  }
}
