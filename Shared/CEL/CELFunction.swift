/// A function or operator that an expression may call: its overloads and what it does.
///
/// Overloads serve the checker, and no two take the same arguments; `body` decides by the values it
/// meets. A body never sees null: a call with an absent argument makes the condition not match before
/// it gets there.
package struct CELFunction: Sendable {
  enum Style: Sendable {
    /// `timestamp(text)`
    case global
    /// `text.contains(part)`
    case method
    /// `size(text)` and `text.size()`
    case either
  }

  struct Overload: Sendable {
    /// The receiver of a method comes first.
    let parameters: [CELType]
    let result: CELType

    init(_ parameters: [CELType], _ result: CELType) {
      self.parameters = parameters
      self.result = result
    }
  }

  enum Body: Sendable {
    case unary(@Sendable (CELValue) throws(CELFailure) -> CELValue)
    case binary(@Sendable (CELValue, CELValue) throws(CELFailure) -> CELValue)
  }

  package let name: String
  let style: Style
  let overloads: [Overload]
  /// Whether `body` is given the loose forms of its arguments, which are texts.
  let isLoose: Bool
  let body: Body

  init(
    _ name: String,
    called style: Style = .global,
    isLoose: Bool = false,
    _ overloads: [Overload],
    _ body: Body
  ) {
    self.name = name
    self.style = style
    self.isLoose = isLoose
    self.overloads = overloads
    self.body = body
  }

  /// How an error names this function: `+` for `_+_`, `contains()` for `contains`.
  var title: String {
    let symbol = name.filter { !$0.isLetter && $0 != "_" }
    return symbol.isEmpty ? "\(name)()" : "'\(symbol)'"
  }

  /// The result type for arguments of these types; nil when no overload takes them.
  func result(for arguments: [CELType]) -> CELType? {
    for overload in overloads where overload.parameters.count == arguments.count {
      var bound: CELType?
      let fits = zip(arguments, overload.parameters).allSatisfy { argument, parameter in
        argument != .null && argument.fits(parameter, binding: &bound)
      }
      if fits { return overload.result.resolved(bound) }
    }
    return nil
  }
}

/// The functions that expressions may call, by name.
package struct CELFunctions: Sendable {
  private let table: [String: CELFunction]

  init(_ functions: [CELFunction]) {
    table = Dictionary(functions.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
  }

  /// The operators and functions of CEL that conditions over records have.
  package static let standard = CELFunctions(arithmetic + texts + conversions)

  subscript(name: String) -> CELFunction? { table[name] }

  /// Names that a person may call, for suggestions.
  var names: [String] { table.keys.filter { $0.allSatisfy(\.isLetter) } }
}
