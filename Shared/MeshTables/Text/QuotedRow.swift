/// A row in quotes as a whole: `"Ida,""Berg, MBA"",ida@berg.example"`.
///
/// A spreadsheet that separates by semicolons takes a line with commas for one value, and quotes it as such when it
/// saves the file.
enum QuotedRow {
  /// The values in a single one.
  ///
  /// - Parameters:
  ///   - text: the value, without its quotes.
  ///   - format: of the file.
  ///   - limits: how much of a row is kept.
  /// - Returns: nil if the text is no row in good order.
  static func values(in text: String, _ format: TableFormat, _ limits: RowLimits) -> [String]? {
    guard text.utf8.contains(format.delimiter) else { return nil }
    let inner = TableFormat(delimiter: format.delimiter, quoting: format.quoting, headings: [])
    var parser = RowParser(inner, from: nil, limits)
    parser.append(text.utf8)
    parser.end()
    guard let row = parser.next(), row.faults.isEmpty, parser.next() == nil else { return nil }
    return row.count == row.values.count ? row.values : nil
  }
}
