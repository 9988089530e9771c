/// How many people work somewhere, as lists say it: `50`, `50-99`, `500+`, `~200`.
package struct HeadCount: Hashable, Sendable {
  /// Nil when only an upper bound is said, as in `<10`.
  package let atLeast: Int64?
  /// Nil when only a lower bound is said, as in `500+`.
  package let atMost: Int64?
  /// Whether it is said to be about so many.
  package let isApproximate: Bool

  /// The number, if it is a single one.
  package var single: Int64? { atLeast == atMost ? atLeast : nil }

  init(atLeast: Int64?, atMost: Int64?, isApproximate: Bool = false) {
    self.atLeast = atLeast
    self.atMost = atMost
    self.isApproximate = isApproximate
  }
}

extension NumberReader {
  /// A number of people or a range of them, in the words of eight languages: `1001 to 5000`,
  /// `mehr als 500`, `11-50 employees`, `1K-5K`.
  ///
  /// What a spreadsheet made a day of (`10-Jan` for 1-10) is not guessed.
  package func headCount(_ text: String) -> CellReading<HeadCount> {
    let value = CellText.value(text)
    if let none = CellReading<HeadCount>.noValue(in: value) { return none }
    switch whole(value: value) {
    case .value(let count) where count >= 0:
      return .value(HeadCount(atLeast: count, atMost: count))
    case .unreadable(let reason) where SpreadsheetDamage.of(value: value) != nil:
      return .unreadable(reason)
    default: break
    }
    guard let phrase = HeadCountPhrase(value), let count = phrase.count(reading: countOf) else {
      return .unreadable("is not a number of employees such as 50 or 50-99")
    }
    return .value(count)
  }

  private func countOf(_ number: HeadCountPhrase.Number) -> Int64? {
    guard let count = whole(value: number.text).value, count >= 0 else { return nil }
    let (product, isTooLarge) = count.multipliedReportingOverflow(by: number.isThousands ? 1000 : 1)
    return isTooLarge ? nil : product
  }
}
