/// A statement's text in tokens, as far as both engines read them alike.
///
/// Refuses what the scanner cannot be sure to read as the engine does: several statements, open
/// quotes and comments, parentheses that do not balance, and quoting that is not standard SQL.
struct SQLScanner {
  struct Token: Equatable {
    enum Kind { case word, quotedWord, string, number, parameter, symbol }
    let kind: Kind
    /// A word's text in lower case, a quoted word's without its quotes, else as written.
    let text: String
    let range: Range<Int>
    /// How many parentheses are open around it; they themselves are outside.
    let depth: Int

    /// Whether it is the keyword `keyword`, which is given in lower case.
    func isKeyword(_ keyword: String) -> Bool { kind == .word && text == keyword }

    func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }

    /// Whether it can name a table or column.
    var isName: Bool { kind == .word || kind == .quotedWord }
  }

  private let bytes: [UInt8]
  private let symbols: [UInt8]
  private var position = 0
  private var depth = 0
  private var tokens: [Token] = []

  /// The tokens of `text`.
  ///
  /// - Parameters:
  ///   - text: one statement.
  ///   - symbols: signs that it may have beside the usual ones, such as `@`, which is an operator to
  ///     PostgreSQL and begins a parameter to SQLite.
  /// - Returns: all but blanks and comments.
  /// - Throws: `.refused` as said above.
  static func tokens(
    of text: String,
    allowing symbols: String = ""
  ) throws(StoreError) -> [Token] {
    var scanner = SQLScanner(
      bytes: Array(text.utf8),
      symbols: Array("+-*/%<>=!|&~,.".utf8) + Array(symbols.utf8)
    )
    do throws(Fault) {
      try scanner.scan()
    } catch {
      throw .refused(reason: error.reason, statement: text)
    }
    return scanner.tokens
  }

  private struct Fault: Error {
    let reason: String
  }

  private init(bytes: [UInt8], symbols: [UInt8]) {
    self.bytes = bytes
    self.symbols = symbols
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }
  private var following: UInt8? { position + 1 < bytes.count ? bytes[position + 1] : nil }

  private mutating func scan() throws(Fault) {
    // An engine would read only what stands before it.
    guard !bytes.contains(0) else { throw Fault(reason: "a NUL has no place in a statement") }
    while let byte = current {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        position += 1
      case UInt8(ascii: "-") where following == byte:
        while let next = current, next != UInt8(ascii: "\n") { position += 1 }
      case UInt8(ascii: "/") where following == UInt8(ascii: "*"):
        try skipBlockComment()
      case UInt8(ascii: "'"): try scanQuoted(.string)
      case UInt8(ascii: "\""): try scanQuoted(.quotedWord)
      case UInt8(ascii: "?"): try scanParameter()
      case UInt8(ascii: "("): addSymbol(opening: true)
      case UInt8(ascii: ")"): try addClosing()
      case UInt8(ascii: "0")...UInt8(ascii: "9"): scanWhile(.number) { Self.continuesWord($0) }
      case _ where Self.startsWord(byte): scanWhile(.word) { Self.continuesWord($0) }
      default: try addOther(byte)
      }
    }
    guard depth == 0 else { throw Fault(reason: "a parenthesis is left open") }
  }

  private static func startsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  private static func continuesWord(_ byte: UInt8) -> Bool {
    startsWord(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private mutating func add(_ kind: Token.Kind, _ text: String, from start: Int) {
    tokens.append(Token(kind: kind, text: text, range: start..<position, depth: depth))
  }

  private mutating func addSymbol(opening: Bool = false) {
    let start = position
    position += 1
    add(.symbol, String(decoding: bytes[start..<position], as: UTF8.self), from: start)
    if opening { depth += 1 }
  }

  private mutating func addClosing() throws(Fault) {
    depth -= 1
    guard depth >= 0 else { throw Fault(reason: "a parenthesis closes nothing") }
    addSymbol()
  }

  private mutating func addOther(_ byte: UInt8) throws(Fault) {
    guard symbols.contains(byte) else {
      let character = String(decoding: [byte], as: UTF8.self)
      throw Fault(reason: "'\(character)' has no place in a statement")
    }
    addSymbol()
  }

  private mutating func scanWhile(_ kind: Token.Kind, _ continues: (UInt8) -> Bool) {
    let start = position
    while let byte = current, continues(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    add(kind, kind == .word ? text.lowercased() : text, from: start)
  }

  private mutating func scanParameter() throws(Fault) {
    if let next = following, Self.continuesWord(next) {
      throw Fault(reason: "parameters are not numbered by hand")
    }
    let start = position
    position += 1
    add(.parameter, "?", from: start)
  }

  private mutating func scanQuoted(_ kind: Token.Kind) throws(Fault) {
    let quote = bytes[position]
    let start = position
    var content: [UInt8] = []
    position += 1
    while let byte = current {
      position += 1
      if byte != quote {
        content.append(byte)
      } else if current == quote {
        content.append(byte)
        position += 1
      } else {
        add(kind, String(decoding: content, as: UTF8.self).lowercased(), from: start)
        return
      }
    }
    throw Fault(reason: "a quote is left open")
  }

  private mutating func skipBlockComment() throws(Fault) {
    position += 2
    while let byte = current {
      if byte == UInt8(ascii: "*"), following == UInt8(ascii: "/") {
        position += 2
        return
      }
      position += 1
    }
    throw Fault(reason: "a comment is left open")
  }
}
