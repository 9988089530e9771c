/// Cuts an expression's text into tokens, by the lexis of the CEL specification.
struct Lexer {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var line = 1
  private var lineStart = 0

  private init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

  /// All tokens of `text`, with `.end` last.
  ///
  /// - Throws: when the text exceeds the limit, or at the first piece that is no token.
  static func tokens(of text: String, limits: CELLimits) throws(CELError) -> [Token] {
    let scalars = Array(text.unicodeScalars)
    guard scalars.count <= limits.characters else {
      throw CELError(
        "an expression has at most \(limits.characters) characters, this one has \(scalars.count)",
        at: CELPosition(line: 1, column: 1)
      )
    }
    var lexer = Lexer(scalars)
    var tokens: [Token] = []
    while true {
      let token = try lexer.next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private var position: CELPosition { CELPosition(line: line, column: index - lineStart + 1) }

  private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    index + offset < scalars.count ? scalars[index + offset] : nil
  }

  private mutating func advance() {
    if scalars[index] == "\n" {
      line += 1
      lineStart = index + 1
    }
    index += 1
  }

  private mutating func skipSpace() {
    while let scalar = peek() {
      switch scalar {
      case " ", "\t", "\n", "\r", "\u{0C}": advance()
      case "/" where peek(1) == "/":
        while let scalar = peek(), scalar != "\n" { advance() }
      default: return
      }
    }
  }

  private mutating func next() throws(CELError) -> Token {
    skipSpace()
    let start = position
    guard let scalar = peek() else { return Token(kind: .end, position: start) }
    let kind: Token.Kind
    if scalar.isDigit || (scalar == "." && peek(1)?.isDigit == true) {
      kind = try number(from: start)
    } else if scalar.isIdentifierStart || scalar == "\"" || scalar == "'" {
      kind = try word(from: start)
    } else {
      kind = .symbol(try symbol(scalar, at: start))
    }
    return Token(kind: kind, position: start)
  }

  private mutating func symbol(
    _ first: Unicode.Scalar,
    at start: CELPosition
  ) throws(CELError) -> Token.Symbol {
    if let second = peek(1),
      let symbol = Token.Symbol(rawValue: String(Character(first)) + String(Character(second)))
    {
      advance()
      advance()
      return symbol
    }
    if let symbol = Token.Symbol(rawValue: String(Character(first))) {
      advance()
      return symbol
    }
    switch first {
    case "=": throw CELError("'=' is no operator; '==' compares", at: start)
    case "&": throw CELError("'&' is no operator; '&&' joins conditions", at: start)
    case "|": throw CELError("'|' is no operator; '||' joins conditions", at: start)
    default: throw CELError("'\(first)' has no meaning here", at: start)
    }
  }

  private mutating func word(from start: CELPosition) throws(CELError) -> Token.Kind {
    var isRaw = false
    var prefix = 0
    while let scalar = peek(prefix), prefix < 2, scalar.isIdentifierStart {
      switch scalar {
      case "r", "R": isRaw = true
      case "b", "B": break
      default: return .identifier(identifier())
      }
      prefix += 1
    }
    guard let quote = peek(prefix), quote == "\"" || quote == "'" else {
      return .identifier(identifier())
    }
    for _ in 0..<prefix {
      if peek() == "b" || peek() == "B" {
        throw CELError("bytes are not among the types of conditions", at: start)
      }
      advance()
    }
    return .string(try string(quote: quote, isRaw: isRaw, from: start))
  }

  private mutating func identifier() -> String {
    var name = String.UnicodeScalarView()
    while let scalar = peek(), scalar.isIdentifierPart {
      name.append(scalar)
      advance()
    }
    return String(name)
  }
}

// MARK: Numbers

extension Lexer {
  private mutating func digits() -> String {
    var text = ""
    while let scalar = peek(), scalar.isDigit {
      text.unicodeScalars.append(scalar)
      advance()
    }
    return text
  }

  private mutating func number(from start: CELPosition) throws(CELError) -> Token.Kind {
    if peek() == "0", peek(1) == "x" || peek(1) == "X" {
      advance()
      advance()
      var text = ""
      while let scalar = peek(), scalar.digitValue != nil {
        text.unicodeScalars.append(scalar)
        advance()
      }
      return try integer(text, radix: 16, from: start)
    }
    var text = digits()
    var isDouble = false
    if peek() == ".", peek(1)?.isDigit == true {
      isDouble = true
      advance()
      text += "." + digits()
    }
    if let exponent = peek(), exponent == "e" || exponent == "E" {
      let isSigned = peek(1) == "+" || peek(1) == "-"
      guard peek(isSigned ? 2 : 1)?.isDigit == true else {
        throw CELError("an exponent needs digits", at: start)
      }
      isDouble = true
      advance()
      text += "e"
      if isSigned, let sign = peek() {
        text.unicodeScalars.append(sign)
        advance()
      }
      text += digits()
    }
    guard isDouble else { return try integer(text, radix: 10, from: start) }
    try endOfNumber(from: start)
    let padded = text.unicodeScalars.first == "." ? "0" + text : text
    guard let value = Double(padded), value.isFinite else {
      throw CELError("this number is out of the range of a double", at: start)
    }
    return .double(value)
  }

  private mutating func integer(
    _ text: String,
    radix: Int,
    from start: CELPosition
  ) throws(CELError) -> Token.Kind {
    let isUnsigned = peek() == "u" || peek() == "U"
    if isUnsigned { advance() }
    try endOfNumber(from: start)
    guard !text.isEmpty else { throw CELError("'0x' needs digits", at: start) }
    guard let value = UInt64(text, radix: radix) else {
      throw CELError("this number is out of range", at: start)
    }
    return isUnsigned ? .unsigned(value) : .integer(value)
  }

  private func endOfNumber(from start: CELPosition) throws(CELError) {
    if let scalar = peek(), scalar.isIdentifierPart {
      throw CELError("a number cannot be followed by '\(scalar)'", at: start)
    }
  }
}

// MARK: Text

extension Lexer {
  private mutating func string(
    quote: Unicode.Scalar,
    isRaw: Bool,
    from start: CELPosition
  ) throws(CELError) -> String {
    let isTriple = peek(1) == quote && peek(2) == quote
    for _ in 0..<(isTriple ? 3 : 1) { advance() }
    var text = String.UnicodeScalarView()
    while let scalar = peek() {
      if scalar == quote, !isTriple || (peek(1) == quote && peek(2) == quote) {
        for _ in 0..<(isTriple ? 3 : 1) { advance() }
        return String(text)
      }
      if !isTriple, scalar == "\n" || scalar == "\r" {
        throw CELError("a text ends on its line; '\\n' writes a line break", at: position)
      }
      if scalar == "\\", !isRaw {
        text.append(try escape())
      } else {
        text.append(scalar)
        advance()
      }
    }
    throw CELError("this text has no closing quote", at: start)
  }

  private mutating func escape() throws(CELError) -> Unicode.Scalar {
    let start = position
    advance()
    guard let scalar = peek() else { throw CELError("an escape needs a character", at: start) }
    switch scalar {
    case "x", "X": return try numericEscape(skipping: 1, digits: 2, radix: 16, from: start)
    case "u": return try numericEscape(skipping: 1, digits: 4, radix: 16, from: start)
    case "U": return try numericEscape(skipping: 1, digits: 8, radix: 16, from: start)
    case "0"..."3": return try numericEscape(skipping: 0, digits: 3, radix: 8, from: start)
    default: break
    }
    let escapes: [Unicode.Scalar: Unicode.Scalar] = [
      "a": "\u{07}", "b": "\u{08}", "f": "\u{0C}", "n": "\n", "r": "\r", "t": "\t", "v": "\u{0B}",
      "\\": "\\", "?": "?", "\"": "\"", "'": "'", "`": "`",
    ]
    guard let meaning = escapes[scalar] else {
      throw CELError("'\\\(scalar)' is no escape; '\\\\' writes a backslash", at: start)
    }
    advance()
    return meaning
  }

  private mutating func numericEscape(
    skipping skipped: Int,
    digits: Int,
    radix: UInt32,
    from start: CELPosition
  ) throws(CELError) -> Unicode.Scalar {
    for _ in 0..<skipped { advance() }
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = peek()?.digitValue, digit < radix else {
        throw CELError("this escape needs \(digits) digits", at: start)
      }
      value = value &* radix &+ digit
      advance()
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw CELError("this escape is no Unicode character", at: start)
    }
    return scalar
  }
}
