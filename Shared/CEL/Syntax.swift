/// How large an expression may be.
///
/// Bounds both the time to check it and the time to evaluate it.
package struct CELLimits: Sendable {
  /// Unicode scalars of text.
  package var characters = 10_000
  /// Levels of parentheses, lists, calls and operators within one another.
  package var depth = 100
  /// Operations, fields and literals in all; without loops this bounds the cost of one evaluation.
  package var nodes = 2_000
  /// Operations that a text counts for which is brought into its loose form: it is read several times.
  package var nodesPerLooseText = 50

  package init() {}
}

/// A parsed expression whose names and types are not yet known.
///
/// As in CEL's own syntax trees an operator is a call: `a + b` calls `_+_`. Chains of `&&` and `||`
/// are one call with many arguments, so that a long condition is wide and not deep.
struct Syntax: Sendable {
  indirect enum Kind: Sendable {
    case literal(CELValue)
    case identifier(String)
    case select(Syntax, String)
    case call(String, target: Syntax?, [Syntax])
    case list([Syntax])
  }

  let kind: Kind
  let position: CELPosition
  /// Levels below and including this node.
  let height: Int

  /// `a.b.c` when this is a name or names joined by dots.
  var qualifiedName: String? {
    switch kind {
    case .identifier(let name): name
    case .select(let operand, let name): operand.qualifiedName.map { "\($0).\(name)" }
    case .literal, .call, .list: nil
    }
  }
}

/// Names of the operators as functions, as CEL's specification has them.
package enum Operator {
  static let or = "_||_"
  static let and = "_&&_"
  static let not = "!_"
  static let conditional = "_?_:_"
  static let equal = "_==_"
  static let notEqual = "_!=_"
  static let member = "@in"
  static let negate = "-_"
  static let index = "_[_]"
  static let add = "_+_"
  static let subtract = "_-_"
  static let multiply = "_*_"
  static let divide = "_/_"
  static let modulo = "_%_"
  /// The loose form of a text.
  package static let looseForm = "_~"

  static func comparison(_ comparison: Comparison) -> String { "_\(comparison.rawValue)_" }
}
