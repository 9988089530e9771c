/// What the checker knows of an expression.
///
/// Every field may also be null.
package indirect enum CELType: Hashable, Sendable {
  /// The type of the literal `null` alone.
  case null
  case bool
  case int
  case uint
  case double
  case string
  case timestamp
  case list(of: CELType)
  /// The element of a list that holds numbers of several kinds, as `[1, 2.5]` does.
  case number
  /// In a function's signature: any type, the same wherever it stands.
  case parameter
}

extension CELType: CustomStringConvertible {
  package var description: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .timestamp: "timestamp"
    case .list(let element): "list(\(element))"
    case .number: "number"
    case .parameter: "A"
    }
  }
}

extension CELType {
  var isNumber: Bool { self == .int || self == .uint || self == .double || self == .number }

  /// The one type of two branches; nil when they have none in common.
  ///
  /// Null has every type, and the element of an empty list is null.
  func joined(with other: CELType) -> CELType? {
    switch (self, other) {
    case (.null, _): other
    case (_, .null): self
    case (.list(let left), .list(let right)): left.mixed(with: right).map(CELType.list(of:))
    default: self == other ? self : nil
    }
  }

  /// The one type of two elements of a list, where numbers of any kinds may stand together.
  func mixed(with other: CELType) -> CELType? {
    self != other && isNumber && other.isNumber ? .number : joined(with: other)
  }

  /// Whether `==` between the two can ever be meant: one type, numbers of any kind, or null.
  func isComparable(with other: CELType) -> Bool { mixed(with: other) != nil }

  /// Whether `<` has a meaning between the two; null and lists have no order.
  func isOrdered(with other: CELType) -> Bool {
    switch (self, other) {
    case (.null, _), (_, .null), (.list, _), (_, .list): false
    default: self == other || (isNumber && other.isNumber)
    }
  }

  /// Whether an argument of this type fits a parameter, binding `.parameter` to `bound`.
  func fits(_ parameter: CELType, binding bound: inout CELType?) -> Bool {
    switch (self, parameter) {
    case (.list(let element), .list(let expected)):
      return element.fits(expected, binding: &bound)
    case (_, .parameter):
      guard let type = bound else {
        bound = self
        return true
      }
      guard let mixed = type.mixed(with: self) else { return false }
      bound = mixed
      return true
    default: return self == parameter
    }
  }

  /// This result type of a signature with `.parameter` replaced by what was bound to it.
  func resolved(_ bound: CELType?) -> CELType {
    switch self {
    case .parameter: bound ?? .null
    case .list(let element): .list(of: element.resolved(bound))
    default: self
    }
  }
}
