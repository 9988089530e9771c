/// An ordering operator.
package enum Comparison: String, Sendable {
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  func holds(_ order: ValueOrder) -> Bool {
    switch self {
    case .less: order == .ascending
    case .lessOrEqual: order == .ascending || order == .same
    case .greater: order == .descending
    case .greaterOrEqual: order == .descending || order == .same
    }
  }

  /// The same relation with its sides exchanged.
  package var mirrored: Comparison {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

/// How two values stand to each other; `unordered` when one is NaN.
enum ValueOrder {
  case ascending, same, descending, unordered

  init<T: Comparable>(comparing left: T, _ right: T) {
    self =
      left < right ? .ascending : left == right ? .same : left > right ? .descending : .unordered
  }

  /// The order of two numbers of any kinds.
  ///
  /// Beside a double every number is the double nearest to it, as CEL's conformance data has it:
  /// beyond 2^53 an int equals several doubles' neighbours. An int and a uint compare exactly, and so
  /// does an amount with any number (`ScaledInteger`).
  ///
  /// - Returns: nil unless both are numbers.
  init?(_ left: CELValue, _ right: CELValue) {
    switch (left, right) {
    case (.int(let left), .int(let right)): self.init(comparing: left, right)
    case (.double(let left), .double(let right)): self.init(comparing: left, right)
    case (.uint(let left), .uint(let right)): self.init(comparing: left, right)
    case (.int(let left), .double(let right)): self.init(comparing: Double(left), right)
    case (.double(let left), .int(let right)): self.init(comparing: left, Double(right))
    case (.uint(let left), .double(let right)): self.init(comparing: Double(left), right)
    case (.double(let left), .uint(let right)): self.init(comparing: left, Double(right))
    case (.int(let left), .uint(let right)):
      self = left < 0 ? .ascending : ValueOrder(comparing: UInt64(left), right)
    case (.uint(let left), .int(let right)):
      self = right < 0 ? .descending : ValueOrder(comparing: left, UInt64(right))
    case (.amount(let left), .amount(let right)): self = left.order(to: right)
    case (.amount(let left), _):
      guard let order = left.order(to: right) else { return nil }
      self = order
    case (_, .amount(let right)):
      guard let order = right.order(to: left) else { return nil }
      self = order.mirrored
    default: return nil
    }
  }

  /// How the second value stands to the first.
  var mirrored: ValueOrder {
    switch self {
    case .ascending: .descending
    case .descending: .ascending
    case .same, .unordered: self
    }
  }
}

extension CELValue {
  /// The order of two values that neither are null.
  ///
  /// - Returns: nil when their types have no order between them.
  func order(to other: CELValue) -> ValueOrder? {
    switch (self, other) {
    case (.string(let left), .string(let right)): left.codePointOrder(to: right)
    case (.timestamp(let left), .timestamp(let right)): ValueOrder(comparing: left, right)
    case (.bool(let left), .bool(let right)):
      ValueOrder(comparing: left ? 1 : 0, right ? 1 : 0)
    default: ValueOrder(self, other)
    }
  }
}

extension CELValue {
  /// Whether `self < other`; false too when they have no order.
  package func precedes(_ other: CELValue) -> Bool { order(to: other) == .ascending }
}
