/// The first rows of a file, read with one delimiter.
struct SampleReading {
  /// Rows that are looked at, and those in which the header is looked for.
  private static let mostRows = 400
  private static let mostLines = 50

  let delimiter: UInt8
  let rows: [TableRow]
  /// Values with something in them, of each row.
  let filled: [Int]
  /// How many different headings of each of the first rows are known.
  private let known: [Int]
  /// How many values most rows have that have several; 1 if none has.
  let width: Int
  /// Where the rows begin that the header is looked for in.
  private let start: RowPosition

  /// Reads the rows of a sample.
  ///
  /// - Parameters:
  ///   - format: without headings; its delimiter is the one that is tried.
  ///   - sample: the file's first bytes.
  ///   - isWhole: whether they are all.
  ///   - isKnown: whether a heading is known.
  init(_ format: TableFormat, _ sample: [UInt8], isWhole: Bool, _ isKnown: (String) -> Bool) {
    delimiter = format.delimiter
    start = format.start
    let rows = Self.rows(format, sample, isWhole: isWhole, most: Self.mostRows)
    filled = rows.map { row in row.values.count { !BlankText.isBlank($0) } }
    known = rows.prefix(Self.mostLines).map { row in
      Set(row.values.map(BlankText.trimmed).filter { !$0.isEmpty && isKnown($0) }).count
    }
    var counts: [Int: Int] = [:]
    for row in rows where row.count > 1 { counts[row.count, default: 0] += 1 }
    width = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 1
    self.rows = rows
  }

  static func rows(
    _ format: TableFormat,
    _ sample: [UInt8],
    isWhole: Bool,
    most: Int
  ) -> [TableRow] {
    var parser = RowParser(format)
    parser.append(sample.dropFirst(format.dataOffset))
    if isWhole { parser.end() }
    var rows: [TableRow] = []
    while rows.count < most, let row = parser.next() { rows.append(row) }
    // A single row that the sample cuts off is better than none.
    if rows.isEmpty, !isWhole {
      parser.end()
      if let row = parser.next() { rows.append(row) }
    }
    return rows
  }

  /// How well the delimiter suits the file: first by the headings that are known, then by the width of rows.
  var rank: (known: Int, agreement: Double) {
    let named = knownHeader.map { known[$0] } ?? 0
    guard width > 1, !rows.isEmpty else { return (named, 0) }
    let first = header?.index ?? 0
    let body = rows.dropFirst(min(first + 1, rows.count - 1))
    let alike = body.count { $0.count == width }
    let share = Double(alike) / Double(max(body.count, 1))
    let headed = rows[min(first, rows.count - 1)].count == width ? 0.3 : 0
    return (named, share + headed + 0.02 * Double(min(width, 20)))
  }

  /// The first row with at least two headings that are known, or one where there is only one column.
  private var knownHeader: Int? {
    let least = width > 1 ? 2 : 1
    guard let first = known.firstIndex(where: { $0 >= least }) else { return nil }
    if rows[first].values.contains(where: ValueShape.isValue) { return nil }
    // What is before it is a title or a note, not rows.
    let hasRowsBefore = rows[..<first].indices.contains { index in
      filled[index] > 1 && 10 * filled[index] >= 6 * filled[first]
        && rows[index].values.contains(where: ValueShape.isValue)
    }
    return hasRowsBefore ? nil : first
  }

  /// The row of the headings, or the first row of a file without headings; nil in a file without rows.
  var header: (index: Int, isHeader: Bool)? {
    if let knownHeader { return (knownHeader, true) }
    guard let first = firstFullRow else { return nil }
    return (first, !isRow(first))
  }

  /// The first row with as many filled values as those that follow have.
  private var firstFullRow: Int? {
    for index in rows.indices.prefix(Self.mostLines) {
      let later = filled[(index + 1)...].prefix(100).sorted()
      if later.isEmpty || filled[index] >= later[later.count / 2] { return index }
    }
    return rows.isEmpty ? nil : 0
  }

  /// Whether values are where headings would be, or what would be a heading is again further down.
  private func isRow(_ index: Int) -> Bool {
    let values = rows[index].values
    if values.contains(where: ValueShape.isValue) { return true }
    if index < known.count, known[index] > 0 { return false }
    return rows[(index + 1)...].prefix(100).contains { row in
      row.values != values
        && zip(row.values, values).contains { $0 == $1 && !BlankText.isBlank($0) }
    }
  }

  /// Where a row begins.
  func start(of index: Int) -> RowPosition { index == 0 ? start : rows[index - 1].end }
}
