/// Writes CSV by RFC 4180, in UTF-8 with a line feed after each carriage return.
///
/// What a spreadsheet would take for a formula is marked as text; see `CSVMark`.
package struct CSVWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  private let marksFormulas: Bool

  /// A writer without any bytes.
  ///
  /// - Parameter marksFormulas: false for what no spreadsheet will open.
  package init(marksFormulas: Bool = true) { self.marksFormulas = marksFormulas }

  /// Gives the bytes away, and goes on without them.
  package mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  /// Adds a record.
  package mutating func row(_ cells: some Sequence<String>) {
    var isFirst = true
    for cell in cells {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      append(marksFormulas ? CSVMark.marked(cell) : cell)
    }
    bytes.append(contentsOf: "\r\n".utf8)
  }

  /// Takes back what was added since there were so many bytes.
  fileprivate mutating func shorten(to count: Int) { bytes.removeSubrange(count...) }

  private mutating func append(_ cell: String) {
    let quote = UInt8(ascii: "\"")
    let needsQuotes = cell.utf8.contains { byte in
      byte == quote || byte == UInt8(ascii: ",") || CSVMark.isSeparator(byte)
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

/// The apostrophes in a cell's text that keep a spreadsheet from running parts of it as formulas.
///
/// A spreadsheet that is set to other separators than the comma splits quoted cells too: for it the quotes
/// stand in the middle of a text. So the text counts as pieces, which end at semicolons, bars, tabs and line
/// breaks. A piece that begins with `=`, `+`, `-`, `@` or the full-width form of one gets an apostrophe in
/// front, as does a text that begins with a tab or a carriage return; a plain number that ends the text gets
/// none. Quotes and apostrophes before the sign do not count: what reads our files takes exactly one
/// apostrophe off such a piece again, and gets each text back as it was.
package enum CSVMark {
  private typealias Scalars = Substring.UnicodeScalarView

  /// The text as a cell has it.
  package static func marked(_ text: String) -> String {
    changed(text) { rest, result in
      if !isPlainNumber(rest) { result.append("'") }
    }
  }

  /// The text that `marked` was given.
  package static func unmarked(_ cell: String) -> String {
    changed(cell) { rest, _ in
      if rest.first == "'" { rest.removeFirst() }
    }
  }

  /// A text with some of its pieces changed.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - change: called where a piece begins that a spreadsheet could run, with the text from there on and
  ///     what there is of the result; takes from the one or adds to the other.
  /// - Returns: the text, changed.
  private static func changed(
    _ text: String,
    _ change: (_ rest: inout Scalars, _ result: inout String.UnicodeScalarView) -> Void
  ) -> String {
    // Most cells are a single piece that begins harmlessly.
    let hasPieces = text.utf8.contains(where: isSeparator)
    if !hasPieces, !isSuspect(text[...].unicodeScalars, isFirst: true) { return text }
    var rest = text[...].unicodeScalars
    var result = String.UnicodeScalarView()
    var (isFirst, begins) = (true, true)
    while true {
      if begins, isSuspect(rest, isFirst: isFirst) { change(&rest, &result) }
      guard let scalar = rest.popFirst() else { return String(result) }
      result.append(scalar)
      isFirst = false
      begins = scalar.isASCII && isSeparator(UInt8(scalar.value))
    }
  }

  /// Whether some spreadsheets split there, beside the comma.
  fileprivate static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "\t"), UInt8(ascii: "\r"),
      UInt8(ascii: "\n"):
      true
    default: false
    }
  }

  /// Whether a sign comes first, or after nothing but quotes and apostrophes.
  private static func isSuspect(_ rest: Scalars, isFirst: Bool) -> Bool {
    // By scalars: a sign that carries a combining mark is another Character and still a formula.
    guard let first = rest.first(where: { $0 != "'" && $0 != "\"" }) else { return false }
    return switch first {
    case "=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
    case "\t", "\r": isFirst
    default: false
    }
  }

  /// Digits, with a sign, a fraction and an exponent if need be.
  private static func isPlainNumber(_ text: Scalars) -> Bool {
    var rest = Substring(text).utf8
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
