import MeshCore

/// The smallest piece of an expression's text.
struct Token: Sendable {
  enum Kind: Hashable, Sendable {
    case identifier(String)
    /// Without a sign; the parser knows whether a minus belongs to it.
    case integer(UInt64)
    case unsigned(UInt64)
    case double(Double)
    case string(String)
    case symbol(Symbol)
    case end
  }

  enum Symbol: String, Hashable, Sendable {
    case or = "||"
    case and = "&&"
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "/"
    case modulo = "%"
    case not = "!"
    case question = "?"
    case colon = ":"
    case comma = ","
    case dot = "."
    case openParenthesis = "("
    case closeParenthesis = ")"
    case openBracket = "["
    case closeBracket = "]"
    case openBrace = "{"
    case closeBrace = "}"
  }

  let kind: Kind
  let position: CELPosition

  /// How an error names this token.
  var name: String {
    switch kind {
    case .identifier(let name): "'\(name.cut(maxBytes: 97))'"
    case .integer, .unsigned, .double: "a number"
    case .string: "a text"
    case .symbol(let symbol): "'\(symbol.rawValue)'"
    case .end: "the end"
    }
  }
}

extension Unicode.Scalar {
  var isDigit: Bool { self >= "0" && self <= "9" }
  var isIdentifierStart: Bool {
    (self >= "a" && self <= "z") || (self >= "A" && self <= "Z") || self == "_"
  }
  var isIdentifierPart: Bool { isIdentifierStart || isDigit }

  /// The value of a digit in bases up to 16; nil for anything else.
  var digitValue: UInt32? {
    switch self {
    case "0"..."9": value - 48
    case "a"..."f": value - 87
    case "A"..."F": value - 55
    default: nil
    }
  }
}
