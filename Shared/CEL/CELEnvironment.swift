/// The fields that an expression may name, and the language it is written in.
///
/// Expressions are CEL (https://github.com/google/cel-spec): literals, fields, comparisons, `&&`,
/// `||`, `!`, `in`, `?:`, arithmetic, `contains`, `startsWith`, `endsWith`, `size` and `timestamp`; and
/// of our own `containsLoosely`, `startsWithLoosely` and `endsWithLoosely`, which compare by `LooseText`.
/// They cannot loop, and `limits` bounds their size, so one evaluation takes microseconds.
///
/// **Absence.** Any field may be null, and null means that there is no value. An empty text field is
/// null too (`CELValue.init(text:)`):
///
/// - `==` and `!=` and `in` take null as a value: `owner_id == null` is true or false. They do not
///   tell the empty text from null: `email == ""` is `email == null`.
/// - Any other operation on null has no answer, and neither has what is built on it, `!` included:
///   when `score` is null, `score > 5` and `!(score > 5)` both do not match.
/// - `&&` and `||` look past a side without answer when the other side decides, in either order.
///
/// These are SQL's three truth values with "no answer" as NULL, so that `MeshStore` translates a
/// condition to SQL with the same matches; `docs/decisions/0007-null-in-conditions.md` has the
/// table. An overflow or a division by zero is an error: it travels as absence does, and
/// `CheckedExpression.evaluate` throws it.
///
/// Field names may have dots (`annual_revenue.currency`).
package struct CELEnvironment: Sendable {
  package let functions: CELFunctions
  package let limits: CELLimits
  /// Declared names; a name's index is its slot.
  package let names: [String]
  /// Slots of texts that are compared in a form of their own, and what brings a text into it.
  let folding: (slots: Set<Int>, fold: @Sendable (String) -> String)
  private let types: [CELType]
  private let slots: [String: Int]

  /// An environment whose slots follow the order of `fields`.
  ///
  /// Where a name is declared twice the later type holds.
  ///
  /// - Parameters:
  ///   - fields: their names and types.
  ///   - folded: texts whose values are in the form that `fold` makes; so are the texts that a person
  ///     compares them with.
  ///   - fold: brings a text into that form.
  ///   - functions: that may be called.
  ///   - limits: of an expression.
  package init(
    ordered fields: [(name: String, type: CELType)],
    folded: Set<String> = [],
    by fold: @escaping @Sendable (String) -> String = { $0 },
    functions: CELFunctions = .standard,
    limits: CELLimits = CELLimits()
  ) {
    self.functions = functions
    self.limits = limits
    names = fields.map(\.name)
    folding = (Set(fields.indices.filter { folded.contains(fields[$0].name) }), fold)
    types = fields.map(\.type)
    slots = Dictionary(zip(names, names.indices), uniquingKeysWith: { $1 })
  }

  /// An environment whose slots follow the names' order.
  package init(
    fields: [String: CELType],
    functions: CELFunctions = .standard,
    limits: CELLimits = CELLimits()
  ) {
    self.init(
      ordered: fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
      functions: functions,
      limits: limits
    )
  }

  /// Where a field's value lies in a record; nil for a name that is not declared.
  package func slot(of name: String) -> Int? { slots[name] }

  package func type(of slot: Int) -> CELType { types[slot] }

  /// Parses and checks `text`.
  ///
  /// - Parameters:
  ///   - text: an expression of at most `limits.characters`.
  ///   - type: what the expression must answer: a condition by default, anything when nil.
  /// - Returns: the expression, to be evaluated any number of times.
  /// - Throws: naming the position and what is wrong there: the token, the unknown field with the
  ///   nearest name, the types that do not go together, or the limit exceeded.
  package func compile(
    _ text: String,
    expecting type: CELType? = .bool
  ) throws(CELError) -> CheckedExpression {
    let root = try Checker(environment: self).check(Parser.parse(text, limits: limits))
    guard root.operations(limits) <= limits.nodes else {
      throw CELError(
        "an expression has at most \(limits.nodes) operations, of which a loose comparison counts as "
          + "\(limits.nodesPerLooseText)",
        at: root.position
      )
    }
    if let type, root.type != type, root.type != .null || type == .bool {
      throw CELError(
        type == .bool
          ? "a condition answers true or false, this answers \(root.type)"
          : "this answers \(root.type), \(type) is needed",
        at: root.position
      )
    }
    return CheckedExpression(text: text, root: root, names: names)
  }
}
