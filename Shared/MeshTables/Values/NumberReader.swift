package import MeshCore

/// Reads the numbers and amounts of a column whose form is known.
package struct NumberReader: Sendable {
  private let form: NumberForm
  private let currency: CurrencyCode

  /// - Parameters:
  ///   - form: of the column.
  ///   - currency: of amounts that name none.
  package init(_ form: NumberForm, currency: CurrencyCode = .usd) {
    self.form = form
    self.currency = currency
  }

  /// An amount: `$1,200.00`, `1200 EUR`, `(1.200,00)`.
  package func money(_ text: String) -> CellReading<Money> {
    written(text, "an amount such as 12,500.00").map { number in
      if number.isPercent { return .unreadable("is a percentage, not an amount") }
      if number.isShortened { return .unreadable(SpreadsheetDamage.scientific.reason) }
      let currency: CurrencyCode
      if let mark = number.currency {
        guard let known = mark.currency(home: self.currency) else {
          return .unreadable("does not say which currency it means")
        }
        currency = known
      } else {
        currency = self.currency
      }
      return decimal(of: number).map { decimal in
        if decimal.isFiner(than: currency) {
          return .unreadable("has more decimals than amounts in \(currency.text) have")
        }
        return decimal.money(in: currency).map { .value($0) } ?? .unreadable("is too large")
      }
    }
  }

  /// A number with or without decimals; `50%` is 50.
  package func decimal(_ text: String) -> CellReading<ExactDecimal> {
    written(text, "a number such as 12.5").map { number in
      if number.currency != nil { return .unreadable("is an amount of money") }
      if number.isShortened { return .unreadable(SpreadsheetDamage.scientific.reason) }
      return decimal(of: number)
    }
  }

  /// A whole number of percent: `25`, `25%`, and `0.25` as programs write it.
  package func percent(_ text: String) -> CellReading<Int64> {
    let value = CellText.value(text)
    return written(value: value, "a whole number of percent").map { number in
      if number.currency != nil { return .unreadable("is an amount of money") }
      guard !number.isAmbiguous, let decimal = number.withPoint ?? number.withComma else {
        return .unreadable("is not a whole number of percent")
      }
      let hundredths = number.isPercent ? nil : decimal.percentOfOne
      guard let percent = hundredths ?? decimal.whole else {
        return .unreadable("is not a whole number of percent")
      }
      return .value(percent)
    }
  }

  /// A whole number; `12.0` is 12, and `1.000` is 1000 unless the column writes decimals so.
  package func whole(_ text: String) -> CellReading<Int64> {
    whole(value: CellText.value(text))
  }

  func whole(value: String) -> CellReading<Int64> {
    if value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(value) {
      return .value(number)
    }
    if let damage = SpreadsheetDamage.of(value: value), damage != .scientific {
      return .unreadable(damage.reason)
    }
    return written(value: value, "a whole number").map { number in
      if number.currency != nil || number.isPercent { return .unreadable("is not a whole number") }
      if number.isShortened { return .unreadable(SpreadsheetDamage.scientific.reason) }
      let decimal: ExactDecimal?
      if number.isAmbiguous {
        let readings = [number.withPoint, number.withComma].compactMap(\.self)
        decimal =
          form.hasThreeDecimals
          ? form.mark.flatMap { number.number($0) }
          : readings.max { $0.double.magnitude < $1.double.magnitude }
      } else {
        decimal = number.withPoint ?? number.withComma
      }
      guard let decimal, decimal.isWhole else { return .unreadable("is not a whole number") }
      return decimal.whole.map { .value($0) } ?? .unreadable("is too large")
    }
  }

  private func written(_ text: String, _ kind: String) -> CellReading<NumberText> {
    written(value: CellText.value(text), kind)
  }

  private func written(value: String, _ kind: String) -> CellReading<NumberText> {
    if let none = CellReading<NumberText>.noValue(in: value) { return none }
    if NumberText.isDash(value) { return .empty }
    return NumberText(value: value).map { .value($0) } ?? .unreadable("is not \(kind)")
  }

  private func decimal(of number: NumberText) -> CellReading<ExactDecimal> {
    if !number.isAmbiguous {
      guard let decimal = number.withPoint ?? number.withComma else {
        return .unreadable("is not a number")
      }
      // One that contradicts the column is read where it looks like cents.
      if form.basis != .unneeded, let mark = number.mark, let own = form.mark, mark != own,
        number.decimals > 2
      {
        return .unreadable("has a decimal \(mark.rawValue), other than the column's other values")
      }
      return .value(decimal)
    }
    guard let mark = form.mark, let decimal = number.number(mark) else {
      return .unreadable("has a point or comma that can mean thousands or decimals")
    }
    return .value(decimal)
  }
}
