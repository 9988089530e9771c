/// Finds out from a file's first bytes how its rows are written.
package struct TableProbe {
  /// Bytes of a file that are enough.
  package static let sampleBytes = 1 << 20
  private static let delimiters = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
  /// Headings that a remark names.
  private static let mostNames = 10

  private let sample: [UInt8]
  private let isWhole: Bool
  private let evidence: EncodingEvidence
  private let isKnown: (String) -> Bool
  private var remarks: [TableRemark] = []

  /// A probe of a file.
  ///
  /// - Parameters:
  ///   - sample: its first bytes.
  ///   - isWhole: whether they are all.
  ///   - evidence: what is known of more bytes than these; nil for these.
  ///   - isKnown: whether a heading is one that fills a field. Is asked for values of the first rows too.
  package init(
    _ sample: [UInt8],
    isWhole: Bool,
    evidence: EncodingEvidence? = nil,
    isKnown: @escaping (String) -> Bool
  ) {
    self.sample = sample
    self.isWhole = isWhole
    self.isKnown = isKnown
    if let evidence {
      self.evidence = evidence
    } else {
      var own = EncodingEvidence()
      own.add(sample)
      self.evidence = own
    }
  }

  /// How the file is written; has no headings if it has no rows.
  package func format() -> TableFormat {
    var probe = self
    return probe.found()
  }

  private mutating func found() -> TableFormat {
    var format = TableFormat(encoding: evidence.encoding, headings: [])
    if sample.starts(with: format.encoding.mark) { format.dataOffset = format.encoding.mark.count }
    if format.encoding != .utf8 { remarks.append(.encoding(format.encoding)) }
    if format.encoding == .utf8 { noteDoubling(&format) }
    let said = takeDelimiter(&format)
    let trial = bestTrial(format, said)
    format.delimiter = trial.delimiter
    if let header = trial.header {
      if header.isHeader {
        takeHeadings(of: trial, header.index, &format)
      } else {
        takeRows(of: trial, header.index, &format)
      }
      noteLinesBefore(trial, header.index)
    }
    takeQuoting(&format)
    format.remarks = remarks
    return format
  }

  private mutating func noteDoubling(_ format: inout TableFormat) {
    switch evidence.doubling {
    case .no: break
    case .all:
      format.undoesDoubling = true
      remarks.append(.doublyEncodedUndone)
    case .some(let example): remarks.append(.doublyEncoded(example: example))
    }
  }

  /// Passes a first line such as `sep=;` over.
  ///
  /// - Returns: the delimiter that it says.
  private mutating func takeDelimiter(_ format: inout TableFormat) -> UInt8? {
    var plain = format
    // A character that no text has, so that the line is one value.
    plain.delimiter = 0x1F
    let head = Array(sample.prefix(format.dataOffset + 64))
    let isAll = isWhole && head.count == sample.count
    guard let line = DelimiterTrial.rows(plain, head, isWhole: isAll, most: 1).first,
      let value = line.values.first, value.lowercased().hasPrefix("sep="), value.utf8.count <= 8
    else { return nil }
    format.dataOffset = line.end.offset
    format.dataLine = line.end.line
    guard let byte = value.utf8.dropFirst(4).first, byte == 0x09 || Self.isMark(byte) else {
      return nil
    }
    remarks.append(.delimiterSaid(byte))
    return byte
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    guard (0x21...0x7E).contains(byte), !"\"\\".utf8.contains(byte) else { return false }
    return !Character(UnicodeScalar(byte)).isLetter && !Character(UnicodeScalar(byte)).isNumber
  }

  private func bestTrial(_ format: TableFormat, _ said: UInt8?) -> DelimiterTrial {
    func trial(_ delimiter: UInt8) -> DelimiterTrial {
      var tried = format
      tried.delimiter = delimiter
      return DelimiterTrial(tried, sample, isWhole: isWhole, isKnown)
    }
    var best = trial(said ?? Self.delimiters[0])
    if said != nil { return best }
    for delimiter in Self.delimiters.dropFirst() {
      let other = trial(delimiter)
      let (new, old) = (other.rank, best.rank)
      if new.known > old.known || new.known == old.known && new.agreement > old.agreement {
        best = other
      }
    }
    return best
  }

  private mutating func takeHeadings(
    of trial: DelimiterTrial,
    _ index: Int,
    _ format: inout TableFormat
  ) {
    let header = trial.rows[index]
    let rows = trial.rows[(index + 1)...]
    format.dataOffset = header.end.offset
    format.dataLine = header.end.line
    var headings = header.values.map(BlankText.trimmed)
    // Columns of which most rows have a value, though the header ends before them.
    while 2 * Self.filled(rows, headings.count) > rows.count { headings.append("") }
    var empty = 0
    while headings.last == "", Self.filled(rows, headings.count - 1) == 0 {
      headings.removeLast()
      empty += 1
    }
    if empty == 0, header.count > headings.count { format.columnsInAll = header.count }
    let unnamed = headings.indices.filter { headings[$0].isEmpty }
    for index in unnamed { headings[index] = TableFormat.placeholder(index) }
    format.headings = headings
    format.usualWidth = Self.usualWidth(of: rows)
    noteColumns(headings, unnamed, empty)
  }

  /// In how many rows a column has a value.
  private static func filled(_ rows: ArraySlice<TableRow>, _ column: Int) -> Int {
    rows.count(where: { !BlankText.isBlank($0.values[safely: column]) })
  }

  private mutating func noteColumns(_ headings: [String], _ unnamed: [Int], _ empty: Int) {
    if empty > 0 { remarks.append(.emptyColumns(empty)) }
    if !unnamed.isEmpty { remarks.append(.unnamed(unnamed)) }
    var seen: Set<String> = []
    var repeated: [String] = []
    for heading in headings where !seen.insert(heading).inserted && !repeated.contains(heading) {
      repeated.append(heading)
    }
    if !repeated.isEmpty { remarks.append(.repeated(Array(repeated.prefix(Self.mostNames)))) }
  }

  private mutating func takeRows(
    of trial: DelimiterTrial,
    _ index: Int,
    _ format: inout TableFormat
  ) {
    let start = trial.start(of: index)
    let rows = trial.rows[index...]
    format.dataOffset = start.offset
    format.dataLine = start.line
    format.hasHeader = false
    let width = rows.map(\.values.count).max() ?? 0
    let used = (0..<width).last { Self.filled(rows, $0) > 0 }
    let usual = Self.usualWidth(of: rows)
    let columns = min(max(usual, 1), (used ?? 0) + 1)
    format.headings = (0..<columns).map(TableFormat.placeholder)
    if usual > width { format.columnsInAll = usual }
    format.usualWidth = usual
    let first = rows.first?.values.first { !BlankText.isBlank($0) } ?? ""
    remarks.append(.noHeader(first: Self.short(first)))
  }

  private static func usualWidth(of rows: ArraySlice<TableRow>) -> Int {
    var counts: [Int: Int] = [:]
    for row in rows { counts[row.count, default: 0] += 1 }
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
  }

  private mutating func noteLinesBefore(_ trial: DelimiterTrial, _ index: Int) {
    guard index > 0 else { return }
    let row = trial.rows[0]
    let first = row.values.first { !BlankText.isBlank($0) } ?? ""
    let count = trial.rows[index].line - row.line
    remarks.append(.linesBefore(count: count, first: Self.short(first)))
  }

  private static func short(_ text: String) -> String {
    let text = BlankText.trimmed(text)
    return text.count > 60 ? text.prefix(60) + "…" : text
  }

  /// Reads the rows with backslashes before quotes if that leaves less that is wrong with them.
  private mutating func takeQuoting(_ format: inout TableFormat) {
    func faults(_ format: TableFormat) -> (quotes: Int, all: Int) {
      let rows = DelimiterTrial.rows(format, sample, isWhole: isWhole, most: 2_000)
      var quotes = 0
      var all = 0
      for fault in rows.flatMap(\.faults) {
        switch fault {
        case .backslashQuote, .strayQuote, .openQuote, .linesLikeRows: quotes += 1
        case .extraValues, .fewValues, .quotedRow: break
        case .cutValue, .cutRow, .brokenText, .otherEncoding: continue
        }
        all += 1
      }
      return (quotes, all)
    }
    let doubled = faults(format)
    if doubled.quotes == 0 { return }
    var other = format
    other.quoting = .backslash
    if faults(other).all >= doubled.all { return }
    format.quoting = .backslash
    remarks.append(.backslashQuotes)
  }
}

extension [String] {
  /// The text at a place; empty beyond the end.
  subscript(safely index: Int) -> String { indices.contains(index) ? self[index] : "" }
}
