/// What was wrong with a row, which was read all the same.
///
/// Columns count from 0.
package enum RowFault: Sendable, Hashable {
  /// Text after a closing quote, or a quote within quotes that is not doubled: taken as part of the value.
  case strayQuote(column: Int)
  /// A quote after a backslash, where quotes are doubled otherwise.
  case backslashQuote(column: Int)
  /// A quote that is never closed: the row ends where the next one seems to begin.
  case openQuote(column: Int)
  /// A value of several lines that look like rows: kept, as its quotes are right.
  case linesLikeRows(column: Int, lines: Int)
  /// A value that was cut because it is longer than a value may be.
  case cutValue(column: Int, bytes: Int)
  /// A row longer than a row may be, whose last values were cut.
  case cutRow(bytes: Int)
  /// More values than columns, counted without empty ones at the end; the first 100 of them, each cut to 200 bytes.
  case extraValues(count: Int, values: [String])
  /// Fewer values than columns; the others are read as empty.
  case fewValues(count: Int, columns: Int)
  /// A row in quotes as a whole, as a spreadsheet writes one that it takes for a single value: it was read without them.
  case quotedRow
  /// Bytes that are no text, each replaced by U+FFFD.
  case brokenText(column: Int)
  /// A value that is no UTF-8, in a file that is: it was read as Windows-1252.
  case otherEncoding(column: Int)

  /// The column that it is about.
  package var column: Int? {
    switch self {
    case .strayQuote(let column), .backslashQuote(let column), .openQuote(let column),
      .linesLikeRows(let column, _), .cutValue(let column, _), .brokenText(let column),
      .otherEncoding(let column):
      column
    case .cutRow, .extraValues, .fewValues, .quotedRow: nil
    }
  }

  /// What it says in a report, after the line and the column's heading.
  package var text: String {
    switch self {
    case .strayQuote: "has a quote inside quotes, which was read as part of the value"
    case .backslashQuote: "has a backslash before a quote, which was left out"
    case .openQuote: "has a quote that is never closed; the next line was read as a row"
    case .linesLikeRows(_, let lines):
      "has quotes around \(lines) lines that look like rows; they were read as one value"
    case .cutValue(_, let bytes): "was cut, because a value may have at most \(bytes) bytes"
    case .cutRow(let bytes): "was cut, because a row may have at most \(bytes) bytes"
    case .extraValues(let count, _):
      "has \(count) more \(Self.values(count)) than the header has columns"
    case .fewValues(let count, let columns):
      "has \(count) \(Self.values(count)) where the header has \(columns) columns"
    case .quotedRow: "was in quotes as a whole, and was read without them"
    case .brokenText: "has a character that cannot be read"
    case .otherEncoding: "is not UTF-8 as the rest of the file, and was read as Windows-1252"
    }
  }

  private static func values(_ count: Int) -> String { count == 1 ? "value" : "values" }
}
