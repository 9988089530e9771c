/// The first rows of a file, read with one delimiter.
struct DelimiterTrial {
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
    var rows = Self.rows(format, sample, isWhole: isWhole, most: Self.mostRows)
    Self.unwrap(&rows, format, isKnown)
    filled = rows.map { row in row.values.count { !BlankText.isBlank($0) } }
    known = rows.prefix(Self.mostLines).map { row in
      let texts = row.values.map(BlankText.trimmed).filter { !$0.isEmpty && !Self.isSeparated($0) }
      return Set(texts.filter(isKnown)).count
    }
    var counts: [Int: Int] = [:]
    for row in rows where row.count > 1 { counts[row.count, default: 0] += 1 }
    width = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 1
    self.rows = rows
  }

  /// Takes rows apart that are in quotes as a whole, if the header is among them.
  private static func unwrap(
    _ rows: inout [TableRow],
    _ format: TableFormat,
    _ isKnown: (String) -> Bool
  ) {
    func values(_ row: TableRow) -> [String]? {
      guard row.count == 1, let text = row.values.first else { return nil }
      return QuotedRow.values(in: text, format, RowLimits())
    }
    let header = rows.prefix(mostLines).firstIndex { row in
      guard let values = values(row) else { return false }
      return values.count { isKnown(BlankText.trimmed($0)) } > 1
    }
    guard let header, let width = values(rows[header])?.count else { return }
    for index in rows.indices.dropFirst(header) {
      let row = rows[index]
      guard let values = values(row), values.count == width else { continue }
      rows[index] = TableRow(
        line: row.line,
        values: values,
        count: width,
        faults: [.quotedRow],
        end: row.end,
        passedOver: row.passedOver
      )
    }
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
    let header = header
    let first = header?.index ?? 0
    let isNamed = header?.isHeader == true && first < known.count && !isTitle(first)
    let named = isNamed ? known[first] : 0
    guard width > 1, !rows.isEmpty else { return (named, 0) }
    let body = rows.dropFirst(min(first + 1, rows.count - 1))
    let alike = body.count { $0.count == width }
    let share = Double(alike) / Double(max(body.count, 1))
    let headed = rows[min(first, rows.count - 1)].count == width ? 0.3 : 0
    return (named, share + headed + 0.02 * Double(min(width, 20)))
  }

  /// Whether a text has in it what separates values in other files: as a heading it would be several.
  private static func isSeparated(_ text: String) -> Bool {
    text.utf8.contains { ",;\t|".utf8.contains($0) }
  }

  /// Whether a row of one value is followed by what seems to be headings that another delimiter separates.
  private func isTitle(_ index: Int) -> Bool {
    guard width == 1, index + 1 < rows.count else { return false }
    let next = rows[index + 1].values.first ?? ""
    let isText = !next.contains { $0.isNumber || $0 == "@" }
    return isText
      && zip(next.utf8, next.utf8.dropFirst()).contains { byte, following in
        ",;\t|".utf8.contains(byte) && following != UInt8(ascii: " ")
      }
  }

  /// The first row with at least two headings that are known, or one where there is only one column.
  ///
  /// Where the next one has more of them, it has the names of groups: "Person" over "First Name" and "Last Name".
  private var knownHeader: Int? {
    let least = (filled.max() ?? 0) > 1 ? 2 : 1
    guard let top = known.firstIndex(where: { $0 >= least }) else { return nil }
    let below = known.indices.dropFirst(top + 1).prefix(2).first { index in
      known[index] > known[top] && filled[index] > filled[top] && !hasValues(index)
    }
    let first = below ?? top
    if hasValues(first) { return nil }
    // What is before it is a title or a note, not rows.
    let hasRowsBefore = rows[..<top].indices.contains { index in
      filled[index] > 1 && 10 * filled[index] >= 6 * filled[first]
        && rows[index].values.contains(where: ValueShape.isValue)
    }
    return hasRowsBefore ? nil : first
  }

  /// Whether a row has values that no heading is; a question of a survey may be called by its number.
  private func hasValues(_ index: Int) -> Bool {
    rows[index].values.contains { ValueShape.isValue($0) && !ValueShape.isPlace($0) }
  }

  /// The row of the headings, or the first row of a file without headings; nil in a file without rows.
  var header: (index: Int, isHeader: Bool)? {
    if let knownHeader { return (knownHeader, true) }
    guard let first = firstFullRow else { return nil }
    return isRow(first) ? (firstRow(upTo: first), false) : (first, true)
  }

  /// The first row of a file without headings: before it there are titles, which have one value.
  private func firstRow(upTo index: Int) -> Int {
    let first = rows[..<index].indices.first { place in
      filled[place] > 1 || rows[place].values.contains(where: ValueShape.isValue)
    }
    return first ?? index
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
    let isNamed = index < known.count && known[index] > 0
    if isNamed ? hasValues(index) : values.contains(where: ValueShape.isValue) { return true }
    return rows[(index + 1)...].prefix(100).contains { row in
      let same = zip(row.values, values).count { $0 == $1 && !BlankText.isBlank($0) }
      // A header may be repeated, but then all of it is.
      return same > 0 && 2 * same <= filled[index]
    }
  }

  /// Where a row begins.
  func start(of index: Int) -> RowPosition { index == 0 ? start : rows[index - 1].end }
}
