import CEL
import MeshCore

extension ConditionTranslator {
  func operand(_ node: CheckedNode, depth: Int) throws(CELError) -> SQLOperand {
    try requireDepth(depth, at: node.position)
    let operand = try translated(node, depth: depth + 1)
    try requireSize(of: [operand.sql, operand.undefined ?? .empty], at: node.position)
    return operand
  }

  private func translated(_ node: CheckedNode, depth: Int) throws(CELError) -> SQLOperand {
    switch node.kind {
    case .constant(let value): return try constant(value, at: node.position)
    case .field(let slot):
      let field = try field(slot, at: node.position)
      guard let kind = field.kind.operand else {
        throw listFault(at: node.position)
      }
      return SQLOperand(
        sql: field.column,
        kind: kind,
        canBeNull: field.isNullable,
        emptyText: field.kind == .text && !field.isNullable ? .null : .never,
        currency: field.currency,
        isSparse: field.isSparse
      )
    case .conditional(let condition, let then, let otherwise):
      return try choice(condition, then, otherwise, at: node.position, depth: depth)
    case .call(let function, let arguments) where node.type != .bool:
      return try call(function.name, arguments, at: node.position, depth: depth)
    case .list: throw listFault(at: node.position)
    case .all, .any, .not, .equal, .notEqual, .compare, .member, .call:
      let condition = try condition(node, isExact: true, depth: depth)
      let sql: SQL = "(\(condition.sql))"
      return SQLOperand(
        sql: sql,
        kind: .bool,
        undefined: condition.canBeUndefined ? "(\(sql) IS NULL)" : nil
      )
    }
  }

  /// A known value, bound in its own type.
  func constant(_ value: CELValue, at position: CELPosition) throws(CELError) -> SQLOperand {
    let (sql, kind): (SQL, SQLOperand.Kind)
    switch value {
    case .null: (sql, kind) = ("NULL", .null)
    case .bool(let value): (sql, kind) = (value ? "TRUE" : "FALSE", .bool)
    case .int(let value): (sql, kind) = ("\(value)", .integer)
    case .uint(let value):
      (sql, kind) =
        Int64(exactly: value).map { ("\($0)", .integer) } ?? ("\(Double(value))", .double)
    case .double(let value): (sql, kind) = ("\(value)", .double)
    case .string(let value):
      guard !value.utf8.contains(0) else {
        throw CELError("a text in a filter cannot hold a NUL", at: position)
      }
      (sql, kind) = ("\(value)", .text)
    case .timestamp(let value): (sql, kind) = ("\(value)", .timestamp)
    case .amount: throw amountFault(at: position)
    case .list: throw listFault(at: position)
    }
    return SQLOperand(
      sql: sql,
      kind: kind,
      canBeNull: kind == .null,
      emptyText: kind == .text && value == .null ? .text : .never,
      constant: value
    )
  }

  private func choice(
    _ condition: CheckedNode,
    _ then: CheckedNode,
    _ otherwise: CheckedNode,
    at position: CELPosition,
    depth: Int
  ) throws(CELError) -> SQLOperand {
    let deciding = try self.condition(condition, isExact: true, depth: depth)
    var left = try operand(then, depth: depth)
    var right = try operand(otherwise, depth: depth)
    for arm in [left, right] where arm.isNotANumber {
      throw CELError("this is not a number, which a database cannot keep", at: position)
    }
    if Set([left.emptyText, right.emptyText]) == [.null, .text] {
      (left, right) = (left.nullAsNULL, right.nullAsNULL)
    }
    let (leftSQL, rightSQL, kind) = try alike(left, right, at: position)
    var choice = SQLOperand(
      // PostgreSQL takes a choice between two nulls for a text.
      sql: kind == .null ? "NULL" : "(\(Self.choice(deciding, leftSQL, rightSQL)))",
      kind: kind,
      canBeNull: left.canBeNull || right.canBeNull,
      emptyText: left.emptyText == .never ? right.emptyText : left.emptyText
    )
    if deciding.canBeUndefined || left.undefined != nil || right.undefined != nil {
      let (left, right) = (left.undefined ?? "FALSE", right.undefined ?? "FALSE")
      choice.undefined = """
        CASE \(deciding.sql) WHEN TRUE THEN \(left) WHEN FALSE THEN \(right) ELSE TRUE END
        """
    }
    return choice
  }

  private func call(
    _ name: String,
    _ arguments: [CheckedNode],
    at position: CELPosition,
    depth: Int
  ) throws(CELError) -> SQLOperand {
    switch (name, arguments.map(\.type)) {
    case ("size", [.string]):
      let text = try operand(arguments[0], depth: depth).nullAsNULL
      try requireText(text, name, at: position)
      return Self.strict("length(\(text.sql))", .integer, over: [text])
    case ("size", _):
      throw CELError("in a filter the size of a list can only be compared with 0", at: position)
    case ("_+_", [.string, .string]):
      let left = try operand(arguments[0], depth: depth).nullAsNULL
      let right = try operand(arguments[1], depth: depth).nullAsNULL
      for text in [left, right] { try requireText(text, "'+'", at: position) }
      var joined = Self.strict("(\(left.sql) || \(right.sql))", .text, over: [left, right])
      if left.emptyText == .text, right.emptyText == .text { joined.emptyText = .text }
      return joined
    case (Operator.looseForm, [.string]):
      let text = try operand(arguments[0], depth: depth).nullAsNULL
      try requireText(text, "a part of its text", at: position)
      var form = Self.strict("loose_text(\(text.sql))", .text, over: [text])
      form.emptyText = .text
      return form
    case ("timestamp", [.timestamp]):
      let time = try operand(arguments[0], depth: depth)
      return Self.strict(time.sql, .timestamp, over: [time])
    case ("_[_]", _): throw CELError("a list's index cannot be used in a filter", at: position)
    case (let name, _) where name.hasPrefix("_") || name.hasPrefix("-"):
      throw CELError("arithmetic cannot be used in a filter", at: position)
    default: throw unsupported(name, at: position)
    }
  }

  /// What a function makes of its arguments: no value where one of them is NULL.
  private static func strict(
    _ sql: SQL,
    _ kind: SQLOperand.Kind,
    over arguments: [SQLOperand]
  ) -> SQLOperand {
    let canBeUndefined = arguments.contains(where: \.canBeNullOrUndefined)
    return SQLOperand(
      sql: sql,
      kind: kind,
      undefined: canBeUndefined ? "(\(sql) IS NULL)" : nil
    )
  }

  /// Two operands in one type, for the database to compare or choose between.
  func alike(
    _ left: SQLOperand,
    _ right: SQLOperand,
    at position: CELPosition
  ) throws(CELError) -> (SQL, SQL, SQLOperand.Kind) {
    switch (left.kind, right.kind) {
    case (.amount, _), (_, .amount): throw amountFault(at: position)
    case (.null, let kind), (let kind, .null): return (left.sql, right.sql, kind)
    case (.integer, .double), (.double, .integer):
      return (left.asDouble, right.asDouble, .double)
    case (.id(let prefix), .text):
      if case .string(let text)? = right.constant, let id = Self.bytes(of: text, prefix) {
        return (left.sql, "\(id)", left.kind)
      }
    case (.text, .id(let prefix)):
      if case .string(let text)? = left.constant, let id = Self.bytes(of: text, prefix) {
        return ("\(id)", right.sql, right.kind)
      }
    case (let kind, let other) where kind == other: return (left.sql, right.sql, kind)
    default: break
    }
    throw CELError("these are kept in different forms and cannot be compared", at: position)
  }

  private func amountFault(at position: CELPosition) -> CELError {
    CELError("in a filter an amount is compared with numbers that are written out", at: position)
  }

  /// The bytes of a TypeID with this prefix; nil for any other text, which equals no id.
  static func bytes(of text: String, _ prefix: String) -> [UInt8]? {
    guard let id = TypeID(text), id.prefix == prefix else { return nil }
    return [id.high, id.low].flatMap { half in
      (0..<8).map { UInt8(truncatingIfNeeded: half >> (56 - 8 * UInt64($0))) }
    }
  }
}

extension SQLOperand {
  /// Whether this is NaN, which equals nothing and has no order.
  var isNotANumber: Bool {
    if case .double(let number)? = constant { return number.isNaN }
    return false
  }

  /// Whether this is a known text that is not empty.
  var isText: Bool {
    if case .string(let text)? = constant { return !text.isEmpty }
    return false
  }

  /// A number as a double, converted as evaluation converts it.
  var asDouble: SQL {
    switch kind {
    case .integer: "CAST(\(sql) AS DOUBLE PRECISION)"
    default: sql
    }
  }
}

extension SQLField.Kind {
  /// nil for a list.
  fileprivate var operand: SQLOperand.Kind? {
    switch self {
    case .text: .text
    case .integer: .integer
    case .double: .double
    case .bool: .bool
    case .timestampMicros: .timestamp
    case .id(let prefix): .id(prefix: prefix)
    case .amount: .amount
    case .members: nil
    }
  }
}
