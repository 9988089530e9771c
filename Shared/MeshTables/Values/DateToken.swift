import MeshCore

/// A piece of a date's or time's text.
enum DateToken: Equatable {
  /// At most nine digits, with how many there are.
  case number(Int, digits: Int)
  /// In the form of `LooseText`.
  case word(String)
  case mark(Character)

  private static let most = 40

  /// - Parameter value: as `CellText.value` gives it.
  /// - Returns: nil for a text that is too long, or has longer numbers, to be a date.
  static func tokens(of value: String) -> [DateToken]? {
    guard value.utf8.count <= 80 else { return nil }
    var tokens: [DateToken] = []
    var rest = LooseText.form(of: value)[...]
    while let first = rest.first {
      if tokens.count == most { return nil }
      if isDigit(first) {
        let digits = rest.prefix(while: isDigit)
        guard digits.utf8.count <= 9, let number = Int(digits) else { return nil }
        tokens.append(.number(number, digits: digits.utf8.count))
        rest = rest[digits.endIndex...]
      } else if first.isLetter {
        let word = rest.prefix(while: \.isLetter)
        tokens.append(.word(String(word)))
        rest = rest[word.endIndex...]
      } else {
        if first != " " { tokens.append(.mark(first)) }
        rest.removeFirst()
      }
    }
    return tokens
  }

  private static func isDigit(_ character: Character) -> Bool {
    guard let byte = character.utf8.first, character.utf8.count == 1 else { return false }
    return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

/// Reads tokens one after another.
struct DateTokens {
  private var rest: ArraySlice<DateToken>

  init(_ tokens: [DateToken]) { rest = tokens[...] }

  var isAtEnd: Bool { rest.isEmpty }
  var next: DateToken? { rest.first }
  var second: DateToken? { rest.dropFirst().first }

  mutating func number() -> (value: Int, digits: Int)? {
    guard case .number(let value, let digits) = rest.first else { return nil }
    rest.removeFirst()
    return (value, digits)
  }

  mutating func word(where isPart: (String) -> Bool = { _ in true }) -> String? {
    guard case .word(let word) = rest.first, isPart(word) else { return nil }
    rest.removeFirst()
    return word
  }

  /// Takes any of some marks.
  mutating func mark(_ marks: String) -> Character? {
    guard case .mark(let mark) = rest.first, marks.contains(mark) else { return nil }
    rest.removeFirst()
    return mark
  }

  mutating func skip(_ words: Set<String>) -> Bool { word { words.contains($0) } != nil }

  mutating func skipMarks(_ marks: String) { while mark(marks) != nil {} }

  mutating func month() -> Int? {
    guard case .word(let word) = rest.first, let month = MonthNames.month(word) else { return nil }
    rest.removeFirst()
    return month
  }
}
