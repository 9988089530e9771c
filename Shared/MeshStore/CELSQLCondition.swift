import CEL

/// Translates one condition; see `CELSQL`.
///
/// `isExact` asks that the SQL be FALSE where the condition is; otherwise it may be NULL there,
/// which AND, OR and WHERE treat alike, but NOT and CASE do not.
struct ConditionTranslator {
  let names: [String]
  let fields: [String: SQLField]

  /// SQLite's parser has a stack of 100 places, of which a level of ours takes up to seven.
  private static let maximumDepth = 12
  /// Parts that are needed twice multiply; this stops them.
  private static let maximumBytes = 60_000

  func condition(
    _ node: CheckedNode,
    isExact: Bool,
    depth: Int
  ) throws(CELError) -> SQLCondition {
    try requireDepth(depth, at: node.position)
    let condition = try translated(node, isExact: isExact, depth: depth + 1)
    try requireSize(of: [condition.sql], at: node.position)
    return condition
  }

  func requireDepth(_ depth: Int, at position: CELPosition) throws(CELError) {
    guard depth < Self.maximumDepth else {
      throw CELError("a filter is nested at most \(Self.maximumDepth) levels deep", at: position)
    }
  }

  func requireSize(of pieces: [SQL], at position: CELPosition) throws(CELError) {
    guard pieces.allSatisfy({ $0.text.utf8.count <= Self.maximumBytes }) else {
      throw CELError("this is too complex for a filter", at: position)
    }
  }

  private func translated(
    _ node: CheckedNode,
    isExact: Bool,
    depth: Int
  ) throws(CELError) -> SQLCondition {
    switch node.kind {
    case .all(let nodes): return try junction(nodes, " AND ", isExact: isExact, depth: depth)
    case .any(let nodes): return try junction(nodes, " OR ", isExact: isExact, depth: depth)
    case .not(let operand): return try negation(of: operand, isExact: isExact, depth: depth)
    case .equal(let left, let right), .notEqual(let left, let right):
      return try equality(
        left,
        right,
        isNegated: node.isInequality,
        isExact: isExact,
        at: node.position,
        depth: depth
      )
    case .compare(let comparison, let left, let right):
      if let asked = ListQuestion(comparison, left, right) { return try asked.condition(self) }
      return try order(
        comparison,
        operand(left, depth: depth),
        operand(right, depth: depth),
        isExact: isExact,
        at: node.position
      )
    case .member(let element, let list):
      return try membership(
        operand(element, depth: depth),
        in: list,
        isExact: isExact,
        depth: depth
      )
    case .call(let function, let arguments) where node.type == .bool:
      return try textPredicate(function.name, arguments, of: node, isExact: isExact, depth: depth)
    case .conditional(let condition, let then, let otherwise):
      return try choice(condition, then, otherwise, isExact: isExact, depth: depth)
    case .constant(.bool(let value)): return .always(value)
    case .constant(.null): return .undefined
    case .field(let slot):
      let field = try field(slot, at: node.position)
      return SQLCondition(sql: field.column, canBeUndefined: field.isNullable)
    case .constant, .list, .call:
      throw CELError("\(node.type) cannot be used as a condition in a filter", at: node.position)
    }
  }

  /// Joined in halves, so that a long chain is not deep to the database's parser.
  private func junction(
    _ nodes: [CheckedNode],
    _ separator: SQL,
    isExact: Bool,
    depth: Int
  ) throws(CELError) -> SQLCondition {
    var parts: [SQL] = []
    var canBeUndefined = false
    for node in nodes {
      let part = try condition(node, isExact: isExact, depth: depth)
      parts.append(part.sql)
      canBeUndefined = canBeUndefined || part.canBeUndefined
    }
    let isOutermost = depth == 1
    let joined = Self.joined(parts[...], by: separator)
    return SQLCondition(
      sql: isOutermost && separator == " AND " ? joined : "(\(joined))",
      canBeUndefined: canBeUndefined
    )
  }

  private static func joined(_ parts: ArraySlice<SQL>, by separator: SQL) -> SQL {
    guard parts.count > 8 else { return Array(parts).joined(by: separator) }
    let middle = parts.startIndex + parts.count / 2
    let left = joined(parts[..<middle], by: separator)
    let right = joined(parts[middle...], by: separator)
    return "(\(left))\(separator)(\(right))"
  }

  private func negation(
    of node: CheckedNode,
    isExact: Bool,
    depth: Int
  ) throws(CELError) -> SQLCondition {
    switch node.kind {
    case .equal(let left, let right), .notEqual(let left, let right):
      return try equality(
        left,
        right,
        isNegated: !node.isInequality,
        isExact: isExact,
        at: node.position,
        depth: depth
      )
    default:
      let operand = try condition(node, isExact: true, depth: depth)
      return SQLCondition(
        sql: "(NOT (\(operand.sql)))",
        canBeUndefined: operand.canBeUndefined
      )
    }
  }

  private func choice(
    _ condition: CheckedNode,
    _ then: CheckedNode,
    _ otherwise: CheckedNode,
    isExact: Bool,
    depth: Int
  ) throws(CELError) -> SQLCondition {
    let deciding = try self.condition(condition, isExact: true, depth: depth)
    let then = try self.condition(then, isExact: isExact, depth: depth)
    let otherwise = try self.condition(otherwise, isExact: isExact, depth: depth)
    return SQLCondition(
      sql: Self.choice(deciding, then.sql, otherwise.sql),
      canBeUndefined: deciding.canBeUndefined || then.canBeUndefined || otherwise.canBeUndefined
    )
  }

  /// One of two pieces; NULL when the condition has no answer.
  static func choice(_ condition: SQLCondition, _ then: SQL, _ otherwise: SQL) -> SQL {
    "CASE \(condition.sql) WHEN TRUE THEN \(then) WHEN FALSE THEN \(otherwise) END"
  }

  /// Where `undefined` holds of either operand, there is no answer.
  func guarded(_ sql: SQL, by operands: [SQLOperand]) -> SQLCondition {
    let undefined = operands.compactMap(\.undefined)
    guard !undefined.isEmpty else { return SQLCondition(sql: sql, canBeUndefined: false) }
    return SQLCondition(
      sql: "CASE WHEN \(undefined.joined(by: " OR ")) THEN NULL ELSE \(sql) END",
      canBeUndefined: true
    )
  }

  /// A comparison without answer where one of the operands is null, but kept as the empty text.
  ///
  /// Nothing is added where false and no answer come to the same and `isFalseOfEmpty`: the comparison
  /// is false of the empty text anyway.
  func answered(
    _ sql: SQL,
    by operands: [SQLOperand],
    isExact: Bool,
    isFalseOfEmpty: Bool
  ) -> SQL {
    let texts = operands.filter { $0.emptyText == .null }.map(\.sql)
    guard !texts.isEmpty, isExact || !isFalseOfEmpty else { return sql }
    guard isExact else {
      return "(\(texts.map { "\($0) <> ''" as SQL }.joined(by: " AND ")) AND \(sql))"
    }
    let isNull = texts.map { "\($0) = ''" as SQL }.joined(by: " OR ")
    return "CASE WHEN \(isNull) THEN NULL ELSE \(sql) END"
  }

  func field(_ slot: Int, at position: CELPosition) throws(CELError) -> SQLField {
    guard let field = fields[names[slot]] else {
      throw CELError("'\(names[slot])' cannot be used in a filter", at: position)
    }
    return field
  }
}

// MARK: Text

extension ConditionTranslator {
  /// `contains`, `startsWith` and `endsWith`, loosely too: no answer when either text is null.
  private func textPredicate(
    _ name: String,
    _ arguments: [CheckedNode],
    of node: CheckedNode,
    isExact: Bool,
    depth: Int
  ) throws(CELError) -> SQLCondition {
    let position = node.position
    guard arguments.count == 2 else { throw unsupported(name, at: position) }
    let text = try operand(arguments[0], depth: depth)
    let part = try operand(arguments[1], depth: depth)
    let canBeUndefined = text.canBeNullOrUndefined || part.canBeNullOrUndefined
    for operand in [text, part] { try requireText(operand, name, at: position) }
    let sql: SQL
    switch (name, part.constant) {
    case ("contains", _), ("containsLoosely", _):
      sql = "(instr(\(text.sql), \(part.sql)) > 0)"
    case ("startsWith", .string(let prefix)): sql = Self.range(of: text.sql, startingWith: prefix)
    case ("startsWith", _), ("startsWithLoosely", _):
      sql = "(substr(\(text.sql), 1, length(\(part.sql))) = \(part.sql))"
    case ("endsWith", _), ("endsWithLoosely", _):
      // A start before the text's beginning gives no more of it than there is: never as long as
      // the part.
      sql = """
        (substr(\(text.sql), length(\(text.sql)) - length(\(part.sql)) + 1) = \(part.sql))
        """
    default: throw unsupported(name, at: position)
    }
    // The empty text has no part but the empty one.
    return SQLCondition(
      sql: answered(sql, by: [text, part], isExact: isExact, isFalseOfEmpty: part.isText),
      canBeUndefined: canBeUndefined
    )
  }

  func requireText(
    _ operand: SQLOperand,
    _ name: String,
    at position: CELPosition
  ) throws(CELError) {
    if case .id = operand.kind {
      throw CELError("an id is compared with ==, != or in, not with \(name)", at: position)
    }
    guard operand.kind == .text || operand.kind == .null else {
      throw unsupported(name, at: position)
    }
  }

  func unsupported(_ function: String, at position: CELPosition) -> CELError {
    CELError("\(function)() cannot be used in a filter", at: position)
  }

  /// The texts from `prefix` up to the least text beyond all that begin with it, by code points.
  private static func range(of column: SQL, startingWith prefix: String) -> SQL {
    var scalars = Array(prefix.unicodeScalars)
    while let last = scalars.popLast() {
      guard last.value < 0x10FFFF else { continue }
      // The code points after U+D7FF are surrogates, which no text has.
      let next = last.value == 0xD7FF ? 0xE000 : last.value + 1
      guard let scalar = Unicode.Scalar(next) else { continue }
      var end = String.UnicodeScalarView(scalars)
      end.append(scalar)
      return "(\(column) >= \(prefix) AND \(column) < \(String(end)))"
    }
    return "(\(column) >= \(prefix))"
  }
}

extension CheckedNode {
  /// Whether it is `!=`.
  fileprivate var isInequality: Bool {
    guard case .notEqual = kind else { return false }
    return true
  }
}
