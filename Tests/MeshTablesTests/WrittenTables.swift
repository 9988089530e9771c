import MeshTables

/// Reads the rows of files in tests.
struct WrittenTable {
  var format: TableFormat
  var bytes: [UInt8]

  /// A file of UTF-8, read by what is found out about it.
  init(_ text: String, known: Set<String> = Self.known) {
    self.init(Array(text.utf8), known: known)
  }

  init(_ bytes: [UInt8], known: Set<String> = Self.known) {
    self.bytes = bytes
    format = TableProbe(bytes, isWhole: true) { known.contains($0.lowercased()) }.format()
  }

  init(_ format: TableFormat, _ bytes: [UInt8]) {
    self.format = format
    self.bytes = bytes
  }

  static let known: Set<String> = [
    "first name", "last name", "email", "phone", "company", "title", "email address", "full_name",
    "phone_number", "description", "vorname", "nachname", "e-mail", "zip", "url", "position",
  ]

  /// All rows.
  ///
  /// - Parameters:
  ///   - limits: how much of a row is kept.
  ///   - position: where to begin; nil for the first row.
  ///   - slice: gives the size of each piece that the parser gets.
  /// - Returns: the rows, and what was passed over after them.
  func rows(
    _ limits: RowLimits = RowLimits(),
    from position: RowPosition? = nil,
    slice: () -> Int = { .max }
  ) -> (rows: [TableRow], rest: PassedOver, end: RowPosition) {
    var parser = RowParser(format, from: position, limits)
    var rows: [TableRow] = []
    var rest = bytes[parser.position.offset...]
    while !rest.isEmpty {
      let piece = rest.prefix(max(slice(), 1))
      rest = rest.dropFirst(piece.count)
      parser.append(piece)
      while let row = parser.next() { rows.append(row) }
    }
    parser.end()
    while let row = parser.next() { rows.append(row) }
    return (rows, parser.passedOver, parser.position)
  }

  var values: [[String]] { rows().rows.map(\.values) }
  var faults: [[RowFault]] { rows().rows.map(\.faults) }
}
