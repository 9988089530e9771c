/// Writes CSV by RFC 4180, in UTF-8 with a line feed after each carriage return.
///
/// What a spreadsheet would take for a formula is marked as text; see `CSVMark`.
package struct CSVWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// Adds a record.
  package mutating func row(_ cells: some Sequence<String>) {
    var isFirst = true
    for cell in cells {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      append(CSVMark.marked(cell))
    }
    bytes.append(contentsOf: "\r\n".utf8)
  }

  /// Takes back what was added since there were so many bytes.
  fileprivate mutating func shorten(to count: Int) { bytes.removeSubrange(count...) }

  private mutating func append(_ cell: String) {
    let quote = UInt8(ascii: "\"")
    let needsQuotes = cell.utf8.contains { byte in
      // Some spreadsheets split at semicolons and tabs as well.
      byte == quote || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
        || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
    }
    guard needsQuotes else {
      bytes.append(contentsOf: cell.utf8)
      return
    }
    bytes.append(quote)
    for byte in cell.utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }
}

/// A stretch of a CSV file that ends before it grows too long.
package struct CSVPage: Sendable {
  private let limit: Int
  private var csv = CSVWriter()
  private var last = ""
  /// Id of the last row, if there are more.
  package private(set) var nextCursor = ""

  /// - Parameter limit: bytes, unless a single row has more.
  package init(limit: Int) { self.limit = limit }

  package var bytes: [UInt8] { csv.bytes }

  /// Adds a row.
  ///
  /// - Parameters:
  ///   - cells: of the row.
  ///   - id: by which the next stretch can begin after it; empty for headings.
  /// - Returns: false when there was no room for it.
  @discardableResult
  package mutating func add(_ cells: [String], id: String) -> Bool {
    let size = csv.bytes.count
    csv.row(cells)
    if csv.bytes.count > limit, !last.isEmpty {
      csv.shorten(to: size)
      nextCursor = last
      return false
    }
    last = id
    return true
  }
}

/// The apostrophe before a cell's text that keeps a spreadsheet from running it as a formula.
///
/// A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return, or with the full-width form of
/// a sign, gets one unless it is a plain number. So does a text that begins with apostrophes before such
/// a sign: what reads our files takes exactly one off again, and gets each text back as it was.
package enum CSVMark {
  /// The text as a cell has it.
  package static func marked(_ text: String) -> String {
    isSuspect(text) && !isPlainNumber(text) ? "'" + text : text
  }

  /// The text that `marked` was given.
  package static func unmarked(_ cell: String) -> String {
    cell.utf8.first == apostrophe && isSuspect(cell)
      ? String(cell.unicodeScalars.dropFirst()) : cell
  }

  private static let apostrophe = UInt8(ascii: "'")

  /// Whether a sign comes first, or after nothing but apostrophes.
  private static func isSuspect(_ text: String) -> Bool {
    // By scalars: a sign that carries a combining mark is another Character and still a formula.
    guard let first = text.unicodeScalars.first(where: { $0 != "'" }) else { return false }
    return switch first {
    case "=", "+", "-", "@", "\t", "\r", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
    default: false
    }
  }

  /// Digits, with a sign, a fraction and an exponent if need be.
  private static func isPlainNumber(_ text: String) -> Bool {
    var rest = text.utf8[...]
    func takeSign() {
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    }
    func takeDigits() -> Bool {
      let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      rest = rest[digits.endIndex...]
      return !digits.isEmpty
    }
    takeSign()
    guard takeDigits() else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard takeDigits() else { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      takeSign()
      guard takeDigits() else { return false }
    }
    return rest.isEmpty
  }
}
