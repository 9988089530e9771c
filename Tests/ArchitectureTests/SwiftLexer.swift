/// Splits Swift source into what the compiler runs, what a person reads, and string literals.
///
/// It knows nested comments, raw and multi-line strings and interpolation; not regex literals.
struct SwiftLexer {
  /// A string literal's content, interpolations included as written.
  struct Literal: Equatable {
    var line: Int
    var text: String
  }

  private let bytes: [UInt8]
  private var index = 0
  private var line = 1

  /// The source with comments and string contents replaced by spaces; line breaks stay.
  private(set) var code: [UInt8] = []
  private(set) var literals: [Literal] = []
  /// Lines that a comment touches, from 1.
  private(set) var commentedLines: Set<Int> = []

  init(_ text: String) {
    bytes = Array(text.utf8)
    code.reserveCapacity(bytes.count)
    while index < bytes.count { scanOne() }
  }

  private func at(_ offset: Int) -> UInt8 {
    index + offset < bytes.count ? bytes[index + offset] : 0
  }

  private func starts(with text: StaticString) -> Bool {
    for offset in 0..<text.utf8CodeUnitCount {
      guard at(offset) == text.utf8Start[offset] else { return false }
    }
    return true
  }

  private mutating func keep() {
    if bytes[index] == UInt8(ascii: "\n") { line += 1 }
    code.append(bytes[index])
    index += 1
  }

  private mutating func blank(_ count: Int = 1) {
    for _ in 0..<count where index < bytes.count {
      let isBreak = bytes[index] == UInt8(ascii: "\n")
      if isBreak { line += 1 }
      code.append(isBreak ? bytes[index] : UInt8(ascii: " "))
      index += 1
    }
  }

  private mutating func scanOne() {
    if starts(with: "//") {
      commentedLines.insert(line)
      while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { blank() }
    } else if starts(with: "/*") {
      scanBlockComment()
    } else if let pounds = poundsBeforeQuote() {
      scanString(pounds: pounds)
    } else {
      keep()
    }
  }

  private mutating func scanBlockComment() {
    var depth = 0
    repeat {
      commentedLines.insert(line)
      if starts(with: "/*") {
        depth += 1
        blank(2)
      } else if starts(with: "*/") {
        depth -= 1
        blank(2)
      } else {
        blank()
      }
    } while depth > 0 && index < bytes.count
  }

  /// How many `#` stand before the quote that opens a string here; nil when none opens.
  private func poundsBeforeQuote() -> Int? {
    var count = 0
    while at(count) == UInt8(ascii: "#") { count += 1 }
    return at(count) == UInt8(ascii: "\"") ? count : nil
  }

  private mutating func scanString(pounds: Int) {
    let firstLine = line
    blank(pounds)
    let quotes = starts(with: "\"\"\"") ? 3 : 1
    blank(quotes)
    let start = index
    var end = index
    while index < bytes.count {
      end = index
      if closes(quotes: quotes, pounds: pounds) {
        blank(quotes + pounds)
        break
      }
      if at(0) == UInt8(ascii: "\\"), hasPounds(pounds, from: 1) {
        blank(1 + pounds)
        at(0) == UInt8(ascii: "(") ? skipInterpolation() : blank()
      } else {
        blank()
      }
    }
    literals.append(
      Literal(line: firstLine, text: String(decoding: bytes[start..<end], as: UTF8.self))
    )
  }

  private func closes(quotes: Int, pounds: Int) -> Bool {
    for offset in 0..<quotes where at(offset) != UInt8(ascii: "\"") { return false }
    return hasPounds(pounds, from: quotes)
  }

  private func hasPounds(_ count: Int, from offset: Int) -> Bool {
    for position in 0..<count where at(offset + position) != UInt8(ascii: "#") { return false }
    return true
  }

  /// Blanks a balanced `(...)`; strings inside it are literals of their own.
  private mutating func skipInterpolation() {
    var depth = 0
    repeat {
      if at(0) == UInt8(ascii: "(") { depth += 1 }
      if at(0) == UInt8(ascii: ")") { depth -= 1 }
      if let pounds = poundsBeforeQuote() { scanString(pounds: pounds) } else { blank() }
    } while depth > 0 && index < bytes.count
  }
}
