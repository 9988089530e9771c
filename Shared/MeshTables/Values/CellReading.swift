/// What a cell says as the value of a field.
package enum CellReading<Value> {
  /// The cell is empty, or has a placeholder such as `N/A`.
  case empty
  case value(Value)
  /// The reason, which completes a sentence that begins with the cell's text: "is not a whole number".
  case unreadable(String)

  /// The value; nil when there is none.
  package var value: Value? {
    if case .value(let value) = self { value } else { nil }
  }

  /// Why the cell cannot be read; nil when it can.
  package var fault: String? {
    if case .unreadable(let reason) = self { reason } else { nil }
  }

  package var isEmpty: Bool {
    if case .empty = self { true } else { false }
  }

  /// What the text of `CellText.value` says without looking at it closely: that the cell is empty or has a
  /// placeholder, or an error of a spreadsheet; nil when it must be read.
  static func noValue(in value: String) -> CellReading? {
    if value.isEmpty || Placeholder.isOne(value: value) { return .empty }
    guard value.utf8.first == UInt8(ascii: "#"), SpreadsheetDamage.of(value: value) == .error else {
      return nil
    }
    return .unreadable(SpreadsheetDamage.error.reason)
  }

  /// The same of a value that is made of this one.
  package func map<Other>(_ change: (Value) -> CellReading<Other>) -> CellReading<Other> {
    switch self {
    case .empty: .empty
    case .value(let value): change(value)
    case .unreadable(let reason): .unreadable(reason)
    }
  }
}

extension CellReading: Equatable where Value: Equatable {}
extension CellReading: Sendable where Value: Sendable {}
