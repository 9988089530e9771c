/// What is worth saying about how a file was read.
package enum TableRemark: Sendable, Hashable {
  /// The file is not in UTF-8.
  case encoding(TableEncoding)
  /// The text is UTF-8 that was encoded once more, and was read as what it was.
  case doublyEncodedUndone
  /// Some of the text seems to be UTF-8 that was encoded once more; it was left as it is.
  case doublyEncoded(example: String)
  /// The file says its delimiter.
  case delimiterSaid(UInt8)
  /// Quotes within quotes are written with a backslash.
  case backslashQuotes
  /// Lines before the header; the text is the first of them.
  case linesBefore(count: Int, first: String)
  /// The first row has no headings.
  case noHeader(first: String)
  /// Columns without a heading, from 0.
  case unnamed([Int])
  /// Columns at the end without a heading or any value.
  case emptyColumns(Int)
  /// Headings that several columns have.
  case repeated([String])

  package var text: String {
    switch self {
    case .encoding(let encoding): "The file was read as \(encoding.name)."
    case .doublyEncodedUndone:
      "The text had been encoded twice (“Ã¼” for “ü”); it was read as what it was before."
    case .doublyEncoded(let example):
      "Some of the text seems to have been encoded twice, such as “\(example)”; it was left as it is."
    case .delimiterSaid(let byte):
      "The first line says that values are separated by “\(String(UnicodeScalar(byte)))”."
    case .backslashQuotes: "Quotes within quotes are written with a backslash."
    case .linesBefore(let count, let first):
      "\(count) \(count == 1 ? "line" : "lines") before the header \(count == 1 ? "was" : "were") "
        + "passed over, beginning with “\(first)”."
    case .noHeader(let first):
      "The file has no heading line: its first row, with “\(first)”, was read as a row."
    case .unnamed(let columns):
      columns.count == 1
        ? "A column without a heading is called “\(TableFormat.placeholder(columns.first ?? 0))”."
        : "\(columns.count) columns without a heading are called “Column …” by their place."
    case .emptyColumns(let count):
      count == 1
        ? "The last column has neither a heading nor a value, and was left out."
        : "The last \(count) columns have neither headings nor values, and were left out."
    case .repeated(let headings):
      "Several columns have the same heading: "
        + headings.map { "“\($0)”" }.joined(separator: ", ") + "."
    }
  }
}
