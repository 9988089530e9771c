/// Parses an expression by the grammar of the CEL specification.
///
/// Recursion is bounded by `CELLimits.depth`, so that no text can exhaust the stack.
struct Parser {
  private let tokens: [Token]
  private let limits: CELLimits
  private var index = 0
  private var nesting = 0
  private var nodes = 0

  /// The syntax of `text`.
  ///
  /// - Throws: at the first token that does not fit, or when a limit is exceeded.
  static func parse(_ text: String, limits: CELLimits) throws(CELError) -> Syntax {
    var parser = Parser(tokens: try Lexer.tokens(of: text, limits: limits), limits: limits)
    guard parser.token.kind != .end else {
      throw CELError("the expression is empty", at: parser.token.position)
    }
    let syntax = try parser.expression()
    guard parser.token.kind == .end else { throw parser.unexpected("an operator or the end") }
    return syntax
  }

  private init(tokens: [Token], limits: CELLimits) {
    self.tokens = tokens
    self.limits = limits
  }

  private var token: Token { tokens[index] }

  private mutating func advance() { if index + 1 < tokens.count { index += 1 } }

  private mutating func take(_ symbol: Token.Symbol) -> Bool {
    guard token.kind == .symbol(symbol) else { return false }
    advance()
    return true
  }

  private mutating func expect(_ symbol: Token.Symbol) throws(CELError) {
    guard take(symbol) else { throw unexpected("'\(symbol.rawValue)'") }
  }

  private func unexpected(_ expected: String) -> CELError {
    if case .identifier(let name) = token.kind {
      let operators = ["and": "&&", "or": "||", "not": "!", "is": "=="]
      if let symbol = operators[name.lowercased()] {
        return CELError("'\(name)' is no operator; write '\(symbol)'", at: token.position)
      }
    }
    return CELError("expected \(expected), found \(token.name)", at: token.position)
  }

  private mutating func make(
    _ kind: Syntax.Kind,
    at position: CELPosition,
    over children: [Syntax] = []
  ) throws(CELError) -> Syntax {
    nodes += 1
    guard nodes <= limits.nodes else {
      throw CELError("an expression has at most \(limits.nodes) operations", at: position)
    }
    let height = 1 + (children.lazy.map(\.height).max() ?? 0)
    guard height <= limits.depth else { throw tooDeep(at: position) }
    return Syntax(kind: kind, position: position, height: height)
  }

  private func tooDeep(at position: CELPosition) -> CELError {
    CELError("an expression is nested at most \(limits.depth) levels deep", at: position)
  }

  private mutating func call(
    _ name: String,
    _ arguments: [Syntax],
    at position: CELPosition
  ) throws(CELError) -> Syntax {
    try make(.call(name, target: nil, arguments), at: position, over: arguments)
  }
}

// MARK: Operators

extension Parser {
  // Expr = ConditionalOr ["?" ConditionalOr ":" Expr]
  private mutating func expression() throws(CELError) -> Syntax {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= limits.depth else { throw tooDeep(at: token.position) }
    let condition = try chain(.or, Operator.or) { (parser) throws(CELError) in
      try parser.conjunction()
    }
    let position = token.position
    guard take(.question) else { return condition }
    let then = try chain(.or, Operator.or) { (parser) throws(CELError) in
      try parser.conjunction()
    }
    try expect(.colon)
    let otherwise = try expression()
    return try call(Operator.conditional, [condition, then, otherwise], at: position)
  }

  private mutating func conjunction() throws(CELError) -> Syntax {
    try chain(.and, Operator.and) { (parser) throws(CELError) in try parser.binary(.relation) }
  }

  private mutating func chain(
    _ symbol: Token.Symbol,
    _ name: String,
    _ operand: (inout Parser) throws(CELError) -> Syntax
  ) throws(CELError) -> Syntax {
    let first = try operand(&self)
    let position = token.position
    var operands = [first]
    while take(symbol) { operands.append(try operand(&self)) }
    return operands.count == 1 ? first : try call(name, operands, at: position)
  }

  private enum Precedence: Int {
    case relation = 1
    case addition
    case multiplication

    var tighter: Precedence? { Precedence(rawValue: rawValue + 1) }
  }

  private func binaryOperator(_ precedence: Precedence) -> String? {
    if case .identifier("in") = token.kind {
      return precedence == .relation ? Operator.member : nil
    }
    guard case .symbol(let symbol) = token.kind else { return nil }
    switch (precedence, symbol) {
    case (.relation, .equal), (.relation, .notEqual), (.relation, .less),
      (.relation, .lessOrEqual), (.relation, .greater), (.relation, .greaterOrEqual),
      (.addition, .plus), (.addition, .minus), (.multiplication, .times),
      (.multiplication, .divide), (.multiplication, .modulo):
      return "_\(symbol.rawValue)_"
    default: return nil
    }
  }

  private mutating func binary(_ precedence: Precedence) throws(CELError) -> Syntax {
    var left = try operand(of: precedence)
    while let name = binaryOperator(precedence) {
      let position = token.position
      advance()
      left = try call(name, [left, try operand(of: precedence)], at: position)
    }
    return left
  }

  private mutating func operand(of precedence: Precedence) throws(CELError) -> Syntax {
    if let tighter = precedence.tighter { try binary(tighter) } else { try unary() }
  }

  // Unary = Member | "!" {"!"} Member | "-" {"-"} Member
  private mutating func unary() throws(CELError) -> Syntax {
    var signs: [Token] = []
    while token.kind == .symbol(.not) || token.kind == .symbol(.minus) {
      if let first = signs.first, first.kind != token.kind {
        throw unexpected("a value after \(first.name)")
      }
      signs.append(token)
      guard signs.count + nesting <= limits.depth else { throw tooDeep(at: token.position) }
      advance()
    }
    var isNegative = false
    if let last = signs.last, last.kind == .symbol(.minus) {
      switch token.kind {
      case .integer, .double:
        isNegative = true
        signs.removeLast()
      default: break
      }
    }
    var operand = try member(isNegative: isNegative)
    for sign in signs.reversed() {
      let name = sign.kind == .symbol(.not) ? Operator.not : Operator.negate
      operand = try call(name, [operand], at: sign.position)
    }
    return operand
  }
}

// MARK: Members and primaries

extension Parser {
  // Member = Primary | Member "." SELECTOR ["(" [ExprList] ")"] | Member "[" Expr "]"
  private mutating func member(isNegative: Bool) throws(CELError) -> Syntax {
    var operand = try primary(isNegative: isNegative)
    while true {
      let position = token.position
      if take(.dot) {
        let (name, position) = try selector()
        if take(.openParenthesis) {
          let arguments = try list(until: .closeParenthesis)
          operand = try make(
            .call(name, target: operand, arguments),
            at: position,
            over: [operand] + arguments
          )
        } else {
          operand = try make(.select(operand, name), at: position, over: [operand])
        }
      } else if take(.openBracket) {
        let index = try expression()
        try expect(.closeBracket)
        operand = try call(Operator.index, [operand, index], at: position)
      } else {
        return operand
      }
    }
  }

  private mutating func selector() throws(CELError) -> (String, CELPosition) {
    guard case .identifier(let name) = token.kind, !Self.literals.contains(name) else {
      throw unexpected("a name after '.'")
    }
    let position = token.position
    advance()
    return (name, position)
  }

  private mutating func primary(isNegative: Bool) throws(CELError) -> Syntax {
    let start = token
    advance()
    switch start.kind {
    case .integer(let magnitude):
      guard let value = Self.signed(magnitude, isNegative: isNegative) else {
        throw CELError("this number is out of the range of an int", at: start.position)
      }
      return try make(.literal(.int(value)), at: start.position)
    case .unsigned(let value): return try make(.literal(.uint(value)), at: start.position)
    case .double(let value):
      return try make(.literal(.double(isNegative ? -value : value)), at: start.position)
    case .string(let value): return try make(.literal(.string(value)), at: start.position)
    case .identifier(let name): return try named(name, at: start.position)
    case .symbol(.dot):
      // A leading dot asks for the outermost scope; a record has but one.
      let (name, position) = try selector()
      return try named(name, at: position)
    case .symbol(.openParenthesis):
      let syntax = try expression()
      try expect(.closeParenthesis)
      return syntax
    case .symbol(.openBracket):
      let elements = try list(until: .closeBracket)
      return try make(.list(elements), at: start.position, over: elements)
    case .symbol(.openBrace):
      throw CELError("maps are not among the types of conditions", at: start.position)
    case .symbol, .end:
      index -= start.kind == .end ? 0 : 1
      throw unexpected("a field, a value or '('")
    }
  }

  private mutating func named(
    _ name: String,
    at position: CELPosition
  ) throws(CELError) -> Syntax {
    switch name {
    case "true": return try make(.literal(.bool(true)), at: position)
    case "false": return try make(.literal(.bool(false)), at: position)
    case "null": return try make(.literal(.null), at: position)
    default: break
    }
    guard !Self.reserved.contains(name) else {
      throw CELError("'\(name)' is a reserved word", at: position)
    }
    guard take(.openParenthesis) else { return try make(.identifier(name), at: position) }
    return try call(name, try list(until: .closeParenthesis), at: position)
  }

  private mutating func list(until end: Token.Symbol) throws(CELError) -> [Syntax] {
    var elements: [Syntax] = []
    while !take(end) {
      elements.append(try expression())
      if !take(.comma) {
        try expect(end)
        break
      }
      guard end == .closeBracket || token.kind != .symbol(end) else {
        throw unexpected("an argument after ','")
      }
    }
    return elements
  }

  private static func signed(_ magnitude: UInt64, isNegative: Bool) -> Int64? {
    guard isNegative else { return Int64(exactly: magnitude) }
    return magnitude == Int64.min.magnitude ? .min : Int64(exactly: magnitude).map(-)
  }

  private static let literals: Set<String> = ["true", "false", "null", "in"]

  private static let reserved: Set<String> = [
    "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let",
    "loop", "package", "namespace", "return", "var", "void", "while",
  ]
}
