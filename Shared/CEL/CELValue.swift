package import MeshCore

/// A value that an expression reads, computes or answers.
///
/// `==` is CEL's equality: numbers are equal when they denote the same number whatever their types
/// (`1 == 1.0 == 1u`), text is compared by code points and never by canonical equivalence, and NaN
/// equals nothing. Unlike in CEL's specification null also equals the empty text, for a text field that
/// is empty has no value.
package enum CELValue: Sendable {
  /// What an absent field reads as.
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case timestamp(Timestamp)
  /// An amount of money in major units, exactly: 12345 with two decimal digits is 123.45.
  case amount(ScaledInteger)
  case list([CELValue])
}

extension CELValue: Equatable {
  package static func == (left: CELValue, right: CELValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.null, .string(let text)), (.string(let text), .null): text.isEmpty
    case (.bool(let left), .bool(let right)): left == right
    case (.string(let left), .string(let right)): left.hasSameCodePoints(as: right)
    case (.timestamp(let left), .timestamp(let right)): left == right
    case (.list(let left), .list(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    default: ValueOrder(left, right) == .same
    }
  }
}

extension CELValue {
  /// The value of a text field: null when it is empty.
  package init(text: String) { self = text.isEmpty ? .null : .string(text) }

  /// The type of this value; null is of no other type.
  package var type: CELType {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .timestamp: .timestamp
    case .amount: .number
    case .list(let elements):
      .list(of: elements.reduce(.null) { $0.mixed(with: $1.type) ?? $0 })
    }
  }

  var isNull: Bool {
    if case .null = self { return true }
    return false
  }
}
