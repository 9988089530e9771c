/// How the rows of a file are written.
package struct TableFormat: Sendable, Hashable {
  /// How a quote within quotes is written.
  package enum Quoting: String, Sendable {
    case doubled, backslash
  }

  package var encoding: TableEncoding
  /// Whether the text is UTF-8 that was encoded twice, and is read as what it was.
  package var undoesDoubling: Bool
  /// What separates values: a character of ASCII.
  package var delimiter: UInt8
  package var quoting: Quoting
  /// The name of each column, in the order of the columns; several may have the same.
  package var headings: [String]
  /// How many columns the file has where it has more than are kept; otherwise 0.
  package var columnsInAll = 0
  /// Whether the headings are of the file; otherwise they are "Column 1" and so on.
  package var hasHeader: Bool
  /// How many values most rows have; 0 if unknown.
  package var usualWidth: Int
  /// Where the rows begin.
  package var dataOffset: Int
  /// The line of the first row.
  package var dataLine: Int
  package var remarks: [TableRemark]

  /// A format; each parameter is as the property says.
  package init(
    encoding: TableEncoding = .utf8,
    undoesDoubling: Bool = false,
    delimiter: UInt8 = UInt8(ascii: ","),
    quoting: Quoting = .doubled,
    headings: [String],
    hasHeader: Bool = true,
    usualWidth: Int = 0,
    dataOffset: Int = 0,
    dataLine: Int = 1,
    remarks: [TableRemark] = []
  ) {
    self.encoding = encoding
    self.undoesDoubling = undoesDoubling
    self.delimiter = delimiter
    self.quoting = quoting
    self.headings = headings
    self.hasHeader = hasHeader
    self.usualWidth = usualWidth
    self.dataOffset = dataOffset
    self.dataLine = dataLine
    self.remarks = remarks
  }

  /// Where the rows begin.
  package var start: RowPosition { RowPosition(offset: dataOffset, line: dataLine) }

  /// The name of the column at a place, counted from 0, that has no heading.
  package static func placeholder(_ index: Int) -> String { "Column \(index + 1)" }
}
