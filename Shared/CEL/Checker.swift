import MeshCore

/// Gives names and operators their meaning, and refuses what has none.
struct Checker {
  let environment: CELEnvironment

  func check(_ syntax: Syntax) throws(CELError) -> CheckedNode {
    let node: CheckedNode
    switch syntax.kind {
    case .literal(let value): node = CheckedNode(.constant(value), value.type, at: syntax.position)
    case .identifier, .select: node = try name(syntax)
    case .list(let elements): node = try list(elements, at: syntax.position)
    case .call(let name, let target, let arguments):
      if let target {
        node = try method(name, target, arguments, at: syntax.position)
      } else {
        node = try call(name, arguments, at: syntax.position)
      }
    }
    return node.folded
  }

  private func check(all syntaxes: [Syntax]) throws(CELError) -> [CheckedNode] {
    var nodes: [CheckedNode] = []
    for syntax in syntaxes { nodes.append(try check(syntax)) }
    return nodes
  }

  private func name(_ syntax: Syntax) throws(CELError) -> CheckedNode {
    if let name = syntax.qualifiedName, let slot = environment.slot(of: name) {
      return CheckedNode(.field(slot: slot), environment.type(of: slot), at: syntax.position)
    }
    if case .select(let operand, let member) = syntax.kind {
      if let name = operand.qualifiedName, environment.slot(of: name) == nil {
        throw unknown(syntax.qualifiedName ?? member, at: syntax.position)
      }
      let type = try check(operand).type
      throw CELError("\(type) has no field '\(member.cut(maxBytes: 97))'", at: syntax.position)
    }
    throw unknown(syntax.qualifiedName ?? "", at: syntax.position)
  }

  private func unknown(_ name: String, at position: CELPosition) -> CELError {
    let hint = Spelling(environment.names).nearest(to: name).map { "; did you mean '\($0)'?" }
    return CELError("there is no field '\(name.cut(maxBytes: 97))'\(hint ?? "")", at: position)
  }

  private func list(_ syntaxes: [Syntax], at position: CELPosition) throws(CELError) -> CheckedNode
  {
    let elements = try check(all: syntaxes)
    var type: CELType = .null
    for element in elements {
      guard let mixed = type.mixed(with: element.type) else {
        throw CELError(
          "a list holds one type, not \(type) and \(element.type)",
          at: element.position
        )
      }
      type = mixed
    }
    return CheckedNode(.list(elements), .list(of: type), at: position)
  }
}

// MARK: Texts in a form of their own

extension Checker {
  /// Operands of one operator: texts that stand beside a folded field are in its form.
  private func folding(_ operands: [CheckedNode]) -> [CheckedNode] {
    guard operands.contains(where: isFolded) else { return operands }
    return operands.map(folded)
  }

  private func isFolded(_ node: CheckedNode) -> Bool {
    switch node.kind {
    case .field(let slot): environment.folding.slots.contains(slot)
    case .conditional(_, let then, let otherwise): isFolded(then) || isFolded(otherwise)
    case .list(let nodes): nodes.contains(where: isFolded)
    default: false
    }
  }

  private func folded(_ node: CheckedNode) -> CheckedNode {
    switch node.kind {
    case .constant(let value):
      CheckedNode(.constant(folded(value)), node.type, at: node.position)
    case .list(let nodes): CheckedNode(.list(nodes.map(folded)), node.type, at: node.position)
    case .conditional(let condition, let then, let otherwise):
      CheckedNode(
        .conditional(condition, then: folded(then), otherwise: folded(otherwise)),
        node.type,
        at: node.position
      )
    default: node
    }
  }

  private func folded(_ value: CELValue) -> CELValue {
    switch value {
    case .string(let text): .string(environment.folding.fold(text))
    case .list(let values): .list(values.map(folded))
    default: value
    }
  }
}

// MARK: Operators

extension Checker {
  private func call(
    _ name: String,
    _ syntaxes: [Syntax],
    at position: CELPosition
  ) throws(CELError) -> CheckedNode {
    let arguments = folding(try check(all: syntaxes))
    switch name {
    case Operator.and: return try junction(arguments, "'&&'", at: position) { .all($0) }
    case Operator.or: return try junction(arguments, "'||'", at: position) { .any($0) }
    case Operator.not: return try junction(arguments, "'!'", at: position) { .not($0[0]) }
    case Operator.conditional: return try conditional(arguments, at: position)
    case Operator.equal:
      try requireComparable(arguments, at: position)
      return CheckedNode(.equal(arguments[0], arguments[1]), .bool, at: position)
    case Operator.notEqual:
      try requireComparable(arguments, at: position)
      return CheckedNode(.notEqual(arguments[0], arguments[1]), .bool, at: position)
    case Operator.member: return try member(arguments, at: position)
    default: break
    }
    if let comparison = Self.comparisons[name] {
      return try compare(comparison, arguments, at: position)
    }
    return try function(name, isMethod: false, arguments, at: position)
  }

  private func method(
    _ name: String,
    _ target: Syntax,
    _ syntaxes: [Syntax],
    at position: CELPosition
  ) throws(CELError) -> CheckedNode {
    let arguments = folding(try check(all: [target] + syntaxes))
    return try function(name, isMethod: true, arguments, at: position)
  }

  private static let comparisons: [String: Comparison] = Dictionary(
    uniqueKeysWithValues: [Comparison.less, .lessOrEqual, .greater, .greaterOrEqual].map {
      (Operator.comparison($0), $0)
    }
  )

  private func junction(
    _ operands: [CheckedNode],
    _ name: String,
    at position: CELPosition,
    _ kind: ([CheckedNode]) -> CheckedNode.Kind
  ) throws(CELError) -> CheckedNode {
    for operand in operands where operand.type != .bool {
      throw CELError("\(name) needs a bool, this is \(operand.type)", at: operand.position)
    }
    return CheckedNode(kind(operands), .bool, at: position)
  }

  private func conditional(
    _ parts: [CheckedNode],
    at position: CELPosition
  ) throws(CELError) -> CheckedNode {
    let condition = parts[0]
    guard condition.type == .bool else {
      throw CELError("'?' needs a bool, this is \(condition.type)", at: condition.position)
    }
    guard let type = parts[1].type.joined(with: parts[2].type) else {
      throw CELError(
        "both sides of ':' need one type, not \(parts[1].type) and \(parts[2].type)",
        at: position
      )
    }
    return CheckedNode(
      .conditional(condition, then: parts[1], otherwise: parts[2]),
      type,
      at: position
    )
  }

  private func requireComparable(
    _ sides: [CheckedNode],
    at position: CELPosition
  ) throws(CELError) {
    let (left, right) = (sides[0].type, sides[1].type)
    guard left.isComparable(with: right) else {
      throw CELError("\(left) and \(right) are never equal\(hint(left, right))", at: position)
    }
  }

  private func compare(
    _ comparison: Comparison,
    _ sides: [CheckedNode],
    at position: CELPosition
  ) throws(CELError) -> CheckedNode {
    let (left, right) = (sides[0].type, sides[1].type)
    guard left.isOrdered(with: right) else {
      throw CELError(
        "'\(comparison.rawValue)' has no meaning between \(left) and \(right)\(hint(left, right))",
        at: position
      )
    }
    return CheckedNode(.compare(comparison, sides[0], sides[1]), .bool, at: position)
  }

  private func member(
    _ sides: [CheckedNode],
    at position: CELPosition
  ) throws(CELError) -> CheckedNode {
    guard case .list(let element) = sides[1].type else {
      throw CELError("'in' needs a list, this is \(sides[1].type)", at: sides[1].position)
    }
    guard element.isComparable(with: sides[0].type) else {
      throw CELError(
        "\(sides[0].type) is never in \(sides[1].type)\(hint(sides[0].type, element))",
        at: position
      )
    }
    return CheckedNode(.member(sides[0], of: sides[1]), .bool, at: position)
  }

  private func hint(_ left: CELType, _ right: CELType) -> String {
    switch Set([left, right]) {
    case [.timestamp, .string]: "; write timestamp(\"2026-01-31T09:30:00Z\")"
    case let types where types.contains(.null): "; compare with == null or != null"
    default: ""
    }
  }
}

// MARK: Functions

extension Checker {
  private func function(
    _ name: String,
    isMethod: Bool,
    _ arguments: [CheckedNode],
    at position: CELPosition
  ) throws(CELError) -> CheckedNode {
    guard let function = environment.functions[name] else {
      let near = Spelling(environment.functions.names).nearest(to: name)
      let hint = near.map { "; did you mean '\($0)'?" } ?? ""
      throw CELError("there is no function '\(name.cut(maxBytes: 97))'\(hint)", at: position)
    }
    guard !isMethod || function.style != .global else {
      throw CELError("\(function.title) is called as \(name)(value)", at: position)
    }
    guard isMethod || function.style != .method else {
      throw CELError("\(function.title) is called as text.\(name)(part)", at: position)
    }
    let types = arguments.map(\.type)
    guard let result = function.result(for: types) else {
      let given = types.map(\.description).joined(separator: ", ")
      let taken = function.overloads.map { overload in
        "(\(overload.parameters.map(\.description).joined(separator: ", ")))"
      }
      throw CELError(
        "\(function.title) does not take (\(given)), but \(taken.joined(separator: " or "))",
        at: position
      )
    }
    let given = function.isLoose ? arguments.map(Self.loosened) : arguments
    let node = CheckedNode(.call(function, given), result, at: position)
    if name == "timestamp" { try requireValidLiteral(node) }
    return node
  }

  /// A text in its loose form; that of a literal is made here, once.
  private static func loosened(_ text: CheckedNode) -> CheckedNode {
    CheckedNode(.call(CELFunctions.looseForm, [text]), .string, at: text.position).folded
  }

  /// Reports `timestamp("tomorrow")` when it is written, not when it is first used.
  private func requireValidLiteral(_ node: CheckedNode) throws(CELError) {
    guard node.children.allSatisfy({ $0.constant != nil }) else { return }
    do throws(CELFault) {
      _ = try node.evaluate([])
    } catch {
      if case .failed(let error) = error { throw error }
    }
  }
}
