import CEL
import MeshCore

// MARK: Equality

extension ConditionTranslator {
  func equality(
    _ left: CheckedNode,
    _ right: CheckedNode,
    isNegated: Bool,
    isExact: Bool,
    at position: CELPosition,
    depth: Int
  ) throws(CELError) -> SQLCondition {
    if let asked = ListQuestion(isEqual: !isNegated, left, right) {
      return try asked.condition(self)
    }
    let left = try operand(left, depth: depth)
    let right = try operand(right, depth: depth)
    let sql = try definedEquality(
      left,
      right,
      isNegated: isNegated,
      isExact: isExact,
      at: position
    )
    return guarded(sql, by: [left, right])
  }

  /// Equality of operands that have values; null is one.
  private func definedEquality(
    _ left: SQLOperand,
    _ right: SQLOperand,
    isNegated: Bool,
    isExact: Bool,
    at position: CELPosition
  ) throws(CELError) -> SQL {
    switch (left.constant, right.constant) {
    case (let left?, let right?): return (left == right) != isNegated ? "TRUE" : "FALSE"
    case (nil, let value?) where value == .null: return left.isNull(isNegated: isNegated)
    case (nil, let value?):
      let match = try match(left, value, at: position)
      return isNegated
        ? match.negated(left) : match.positive(left, isExact: isExact && left.canBeNull)
    case (.some, nil):
      return try definedEquality(
        right,
        left,
        isNegated: isNegated,
        isExact: isExact,
        at: position
      )
    case (nil, nil):
      var (left, right) = (left, right)
      if left.keepsNull(unlike: right) || right.keepsNull(unlike: left) {
        (left, right) = (left.nullAsEmptyText, right.nullAsEmptyText)
      }
      let (leftSQL, rightSQL, _) = try alike(left, right, at: position)
      let nullable = [left, right].count(where: \.canBeNull)
      if isNegated {
        return nullable > 0
          ? "(\(leftSQL) IS DISTINCT FROM \(rightSQL))" : "(\(leftSQL) <> \(rightSQL))"
      }
      return nullable == 2 || (isExact && nullable == 1)
        ? "(\(leftSQL) IS NOT DISTINCT FROM \(rightSQL))" : "(\(leftSQL) = \(rightSQL))"
    }
  }

  /// What equals a value that is neither null nor the empty text.
  private enum Match {
    case never
    case equal(SQL)
    /// A condition that is NULL only when the operand is.
    case range(SQL)

    func positive(_ operand: SQLOperand, isExact: Bool) -> SQL {
      switch self {
      case .never: "FALSE"
      case .equal(let value):
        isExact ? "(\(operand.sql) IS NOT DISTINCT FROM \(value))" : "\(operand.sql) = \(value)"
      case .range(let range):
        isExact ? "(\(operand.sql) IS NOT NULL AND \(range))" : range
      }
    }

    func negated(_ operand: SQLOperand) -> SQL {
      switch (self, operand.canBeNull) {
      case (.never, _): "TRUE"
      case (.equal(let value), true): "(\(operand.sql) IS DISTINCT FROM \(value))"
      case (.equal(let value), false): "(\(operand.sql) <> \(value))"
      case (.range(let range), true): "(\(operand.sql) IS NULL OR NOT \(range))"
      case (.range(let range), false): "(NOT \(range))"
      }
    }
  }

  private func match(
    _ operand: SQLOperand,
    _ value: CELValue,
    at position: CELPosition
  ) throws(CELError) -> Match {
    if case .double(let number) = value, number.isNaN { return .never }
    switch (operand.kind, value) {
    case (.id(let prefix), .string(let text)):
      return Self.bytes(of: text, prefix).map { .equal("\($0)") } ?? .never
    case (.integer, .int(let value)): return .equal("\(value)")
    case (.double, .int(let value)): return .equal("\(Double(value))")
    case (.double, .uint(let value)): return .equal("\(Double(value))")
    case (.amount, _): return .range(operand.byDigits { $0.equality(operand.sql, value) })
    case (.integer, _):
      let bounds = IntegerBounds(of: value)
      guard let first = bounds.first, let end = bounds.end, first < end else {
        guard let first = bounds.first, bounds.end == nil else { return .never }
        return .range("(\(operand.sql) >= \(first))")
      }
      return end == first + 1
        ? .equal("\(first)") : .range("(\(operand.sql) >= \(first) AND \(operand.sql) < \(end))")
    default:
      let value = try constant(value, at: position).sql
      // SQLite takes an index of some rows only where the statement says the same as the index.
      return operand.isSparse
        ? .range("(\(operand.sql) = \(value) AND \(operand.sql) <> '')") : .equal(value)
    }
  }
}

// MARK: Order

extension ConditionTranslator {
  /// `<` and its like: no answer when either side is null.
  func order(
    _ comparison: Comparison,
    _ left: SQLOperand,
    _ right: SQLOperand,
    isExact: Bool,
    at position: CELPosition
  ) throws(CELError) -> SQLCondition {
    for case .id in [left.kind, right.kind] {
      throw CELError(
        "an id is compared with ==, != or in, not with \(comparison.rawValue)",
        at: position
      )
    }
    guard left.kind != .null, right.kind != .null else { return .undefined }
    if left.constant != nil, right.constant == nil {
      return try order(comparison.mirrored, right, left, isExact: isExact, at: position)
    }
    let canBeUndefined = left.canBeNullOrUndefined || right.canBeNullOrUndefined
    if left.isNotANumber || right.isNotANumber {
      let nulls = [left, right].filter(\.canBeNullOrUndefined).map { "\($0.sql) IS NULL" as SQL }
      return SQLCondition(
        sql: isExact && canBeUndefined
          ? "CASE WHEN \(nulls.joined(by: " OR ")) THEN NULL ELSE FALSE END" : "FALSE",
        canBeUndefined: canBeUndefined
      )
    }
    let sql: SQL
    switch (left.kind, right.kind, right.constant) {
    case (.integer, .integer, _):
      sql = "\(left.sql)\(comparison.sql)\(right.sql)"
    case (.integer, _, let value?) where right.kind != .amount:
      sql = IntegerBounds(of: value).order(left.sql, comparison)
    case (.amount, _, let value?):
      sql = left.byDigits { $0.bounds(of: value).order(left.sql, comparison) }
    case (.double, _, .int(let value)): sql = "\(left.sql)\(comparison.sql)\(Double(value))"
    default:
      let (leftSQL, rightSQL, _) = try alike(left, right, at: position)
      sql = "\(leftSQL)\(comparison.sql)\(rightSQL)"
    }
    let isUpward = comparison == .greater || comparison == .greaterOrEqual
    return SQLCondition(
      sql: answered(
        "(\(sql))",
        by: [left, right],
        isExact: isExact,
        isFalseOfEmpty: isUpward && right.isText
      ),
      canBeUndefined: canBeUndefined
    )
  }
}

extension SQLOperand {
  /// Whether there is no value, as equality has it; never NULL.
  fileprivate func isNull(isNegated: Bool) -> SQL {
    switch (canBeNull, emptyText != .never, isNegated) {
    case (false, false, _): isNegated ? "TRUE" : "FALSE"
    case (true, false, false): "(\(sql) IS NULL)"
    case (true, false, true): "(\(sql) IS NOT NULL)"
    case (false, true, false): "\(sql) = ''"
    case (false, true, true): "(\(sql) <> '')"
    case (true, true, false): "(\(sql) IS NULL OR \(sql) = '')"
    case (true, true, true): "(\(sql) IS NOT NULL AND \(sql) <> '')"
    }
  }

  /// Whether one null can be NULL here and the empty text in `other`, which are equal.
  fileprivate func keepsNull(unlike other: SQLOperand) -> Bool {
    canBeNull && other.emptyText != .never
  }

  /// The same text with every null as the empty text.
  fileprivate var nullAsEmptyText: SQLOperand {
    guard canBeNull else { return self }
    var operand = self
    operand.sql = "COALESCE(\(sql), '')"
    operand.canBeNull = false
    return operand
  }
}

extension Comparison {
  fileprivate var sql: SQL {
    switch self {
    case .less: " < "
    case .lessOrEqual: " <= "
    case .greater: " > "
    case .greaterOrEqual: " >= "
    }
  }
}

// MARK: Membership

extension ConditionTranslator {
  func membership(
    _ element: SQLOperand,
    in list: CheckedNode,
    isExact: Bool,
    depth: Int
  ) throws(CELError) -> SQLCondition {
    switch list.kind {
    case .constant(.list(let values)):
      return guarded(
        try membership(element, in: values, isExact: isExact, at: list.position),
        by: [element]
      )
    case .list(let nodes):
      var operands = [element]
      var parts: [SQL] = []
      for node in nodes {
        let candidate = try operand(node, depth: depth)
        operands.append(candidate)
        parts.append(
          try definedEquality(
            element,
            candidate,
            isNegated: false,
            isExact: isExact,
            at: node.position
          )
        )
      }
      return guarded("(\(parts.joined(by: " OR ")))", by: operands)
    case .conditional(let condition, let then, let otherwise):
      let deciding = try self.condition(condition, isExact: true, depth: depth)
      let then = try membership(element, in: then, isExact: isExact, depth: depth + 1)
      let otherwise = try membership(element, in: otherwise, isExact: isExact, depth: depth + 1)
      return SQLCondition(
        sql: Self.choice(deciding, then.sql, otherwise.sql),
        canBeUndefined: deciding.canBeUndefined || then.canBeUndefined
          || otherwise.canBeUndefined
      )
    case .field(let slot):
      let field = try field(slot, at: list.position)
      return SQLCondition(sql: try field.has(element, at: list.position), canBeUndefined: false)
    default: throw CELError("a filter needs the list after 'in' spelled out", at: list.position)
    }
  }

  private func membership(
    _ element: SQLOperand,
    in values: [CELValue],
    isExact: Bool,
    at position: CELPosition
  ) throws(CELError) -> SQL {
    if let constant = element.constant { return values.contains(constant) ? "TRUE" : "FALSE" }
    var equals: [SQL] = []
    var ranges: [SQL] = []
    for value in values where value != .null {
      switch try match(element, value, at: position) {
      case .never: break
      case .equal(let value): equals.append(value)
      case .range(let range): ranges.append(range)
      }
    }
    let hasNull = values.contains(.null)
    if hasNull, element.emptyText != .never { equals.append("''") }
    if !equals.isEmpty { ranges.append("\(element.sql) IN (\(equals.joined(by: ", ")))") }
    if hasNull, element.canBeNull { ranges.insert("\(element.sql) IS NULL", at: 0) }
    guard !ranges.isEmpty else { return "FALSE" }
    let sql: SQL = "(\(ranges.joined(by: " OR ")))"
    return isExact && element.canBeNull && !hasNull
      ? "(\(element.sql) IS NOT NULL AND \(sql))" : sql
  }
}

extension SQLField {
  /// Whether an id is in a list.
  fileprivate func has(_ element: SQLOperand, at position: CELPosition) throws(CELError) -> SQL {
    guard case .members(let prefix, let lookup, let record) = kind, let constant = element.constant
    else {
      throw CELError("a filter needs an id before 'in' that is spelled out", at: position)
    }
    guard case .string(let text) = constant, let id = TypeID(text),
      prefix == nil || id.prefix == prefix
    else { return "FALSE" }
    let target = prefix == nil ? id.key : id.words.bytes
    return "\(record) IN (SELECT record_id FROM \(lookup) WHERE target_id = \(target))"
  }
}
