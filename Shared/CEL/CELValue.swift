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

  /// An amount kept in minor units, as the number of major units that people write.
  ///
  /// - Parameters:
  ///   - minor: the amount in the currency's smallest unit.
  ///   - digits: how many decimal digits the currency has; 0...18.
  /// - Returns: the double nearest to the amount.
  package static func amount(minor: Int64, digits: Int) -> CELValue {
    .double(MinorUnits(digits: digits).major(minor))
  }

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
    case .list(let elements):
      .list(of: elements.reduce(.null) { $0.mixed(with: $1.type) ?? $0 })
    }
  }

  var isNull: Bool {
    if case .null = self { return true }
    return false
  }
}

/// The scale between an amount as stored and as written: 12345 at two digits is 123.45.
package struct MinorUnits: Hashable, Sendable {
  private let divisor: Double

  /// A scale of `digits` decimal digits; anything outside 0...18 is taken as the nearer end.
  package init(digits: Int) {
    var divisor = 1.0
    for _ in 0..<min(max(digits, 0), 18) { divisor *= 10 }
    self.divisor = divisor
  }

  /// The number of major units, rounded to the nearest double.
  ///
  /// It never decreases as `minor` grows.
  package func major(_ minor: Int64) -> Double { Double(minor) / divisor }

  /// What SQL divides by to get the same double.
  package var scale: Double { divisor }
}
