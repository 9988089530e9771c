/// Reads the rows of a file, from any place between two rows, in constant memory.
///
/// Bytes are added as they come, in pieces of any size, and `next` gives the rows that they complete. No row is
/// refused: what is wrong with one is said with it, and does not touch the others.
package struct RowParser: Sendable {
  private let format: TableFormat
  private let limits: RowLimits
  private let classes: ByteClasses
  /// The same where a backslash before a quote means something.
  private let backslashClasses: ByteClasses
  private let texts: RowTexts
  private let lines: PassedLines
  private var utf16: UTF16Reader?

  private var buffer: [UInt8] = []
  /// Where the row begins in the buffer.
  private var start = 0
  private var isEnded = false
  private var scan: RowScan
  private var swallowed: SwallowedLines
  /// Other ways to read the row, to try in turn.
  private var tries: [RowScan.Mode] = []
  /// Bytes of the row that is read again; nil unless it is.
  private var extent: Int?
  private var isDecided = false
  /// Bytes of the file that were left out of the row.
  private var dropped = 0
  private var afterBlank = false
  /// Lines that were passed over since the last row.
  package private(set) var passedOver = PassedOver()
  /// Where the row begins that comes next.
  package private(set) var position: RowPosition

  /// A parser of the rows of a file.
  ///
  /// - Parameters:
  ///   - format: how the file is written.
  ///   - position: where to begin: the end of a row; nil for the first row.
  ///   - limits: how much of a row is kept.
  package init(
    _ format: TableFormat,
    from position: RowPosition? = nil,
    _ limits: RowLimits = RowLimits()
  ) {
    self.format = format
    self.limits = limits
    self.position = position ?? format.start
    classes = ByteClasses(format, format.quoting)
    backslashClasses = ByteClasses(format, .backslash)
    texts = RowTexts(format, limits)
    lines = PassedLines(format)
    scan = RowScan(limits: limits)
    swallowed = SwallowedLines(format.headings.count, format.usualWidth)
    if format.encoding.isUTF16 { utf16 = UTF16Reader(isBigEndian: format.encoding == .utf16BE) }
    if self.position.singleLinesUntil > self.position.offset { scan.begin(.lines) }
    isDecided = scan.mode == .lines
  }

  /// Adds the next bytes of the file; the first are those at `position`.
  package mutating func append(_ bytes: some Collection<UInt8>) {
    if start > 0 {
      buffer.removeSubrange(..<start)
      start = 0
    }
    if utf16 != nil {
      utf16?.append(bytes, to: &buffer)
    } else {
      buffer.append(contentsOf: bytes)
    }
  }

  /// Says that no bytes follow.
  package mutating func end() {
    utf16?.finish(&buffer)
    isEnded = true
  }

  /// The next row.
  ///
  /// - Returns: nil when it needs more bytes, or after `end` when there are no more rows.
  package mutating func next() -> TableRow? {
    while start < buffer.count {
      let held = buffer
      let row = held.span.extracting(start..<(extent.map { start + $0 } ?? held.count))
      let classes = scan.mode == .backslashes ? backslashClasses : classes
      switch scan.advance(row, isLast: isEnded || extent != nil, classes) {
      case .more: if !mendBeyondLimit() { return nil }
      case .line(let line): if judge(line), let row = endRow() { return row }
      case .limit: decideAtLimit()
      case .open: if closeAtEnd(), let row = endRow() { return row }
      case .row: if let row = endRow() { return row }
      }
    }
    return nil
  }

  private mutating func endRow() -> TableRow? {
    if !isDecided, isToBeReadAgain() { return nil }
    let length = fileLength(scan.cursor)
    let end = RowPosition(
      offset: position.offset + length,
      line: position.line + scan.breaks,
      singleLinesUntil: position.singleLinesUntil > position.offset + length
        ? position.singleLinesUntil : 0
    )
    let row = finished(end)
    start += scan.cursor
    position = end
    isDecided = end.singleLinesUntil > 0
    scan.begin(isDecided ? .lines : .usual)
    swallowed = SwallowedLines(format.headings.count, format.usualWidth)
    extent = nil
    dropped = 0
    tries.removeAll(keepingCapacity: true)
    return row
  }

  /// The row as it was read; nil for one that is passed over.
  private mutating func finished(_ end: RowPosition) -> TableRow? {
    let held = buffer
    let bytes = held.span.extracting(start..<held.count)
    var faults: [RowFault] = []
    var values = texts.values(of: scan, bytes, &faults)
    var count = scan.count
    if let inner = unwrapped(values) {
      (values, count, faults) = (inner, inner.count, [.quotedRow])
    }
    if swallowed.isAllRows, scan.mode == .usual, scan.secondLine > 0, length <= limits.rowBytes,
      let column = scan.cells.firstIndex(where: { $0.form == .quoted && $0.end > scan.secondLine })
    {
      faults.append(.linesLikeRows(column: column, lines: swallowed.rows + 1))
    }
    switch lines.kind(of: values, count, afterBlank: afterBlank) {
    case .blank: afterBlank = true
    case .empty: passedOver.empty += 1
    case .header: passedOver.headers += 1
    case .footer:
      passedOver.footers += 1
      afterBlank = true
    case .row:
      afterBlank = false
      defer { passedOver = PassedOver() }
      return TableRow(
        line: position.line,
        values: values,
        count: count,
        faults: faults,
        end: end,
        passedOver: passedOver
      )
    }
    return nil
  }

  /// The values of a row that is one value in quotes.
  private func unwrapped(_ values: [String]) -> [String]? {
    let width = format.headings.count
    guard scan.count == 1, width > 1, scan.cells.first?.form == .quoted, let text = values.first,
      let inner = QuotedRow.values(in: text, format, limits), inner.count == width
    else { return nil }
    return inner
  }

  /// The bytes of the file that the row has before one of its bytes.
  private func fileLength(_ count: Int) -> Int { dropped + fileLength(0..<count) }

  private func fileLength(_ range: Range<Int>) -> Int {
    if utf16 == nil { return range.count }
    let bytes = (start + range.lowerBound)..<(start + range.upperBound)
    return UTF16Reader.length(of: buffer.span.extracting(bytes))
  }
}

// What is done about quotes that are not written as they should be.
extension RowParser {
  private var isMismatch: Bool { !format.headings.isEmpty && !swallowed.isWhole(scan.count) }

  /// Whether another way to read the row is tried.
  private mutating func isToBeReadAgain() -> Bool {
    if extent != nil {
      if isMismatch || scan.cursor != extent {
        readOtherwise()
        return true
      }
      return false
    }
    if length > limits.rowBytes { return false }
    if scan.secondLine > 0, scan.mode == .usual {
      let held = buffer
      let bytes = held.span.extracting(start..<held.count)
      swallowed.add(scan.lineStart..<scan.cursor, bytes, classes)
      let first = LineScan(bytes, 0..<scan.secondLine, classes)
      if swallowed.isSure(first, isMismatch: isMismatch || scan.strays > 0) {
        return repair(at: swallowed.firstRow, until: scan.cursor)
      }
    }
    guard isMismatch, scan.strays > 0 || scan.sawBackslash else { return false }
    if scan.sawBackslash { tries.append(.backslashes) }
    if scan.strays > 0, scan.secondLine == 0 { tries.append(.lines) }
    if tries.isEmpty { return false }
    extent = scan.cursor
    readOtherwise()
    return true
  }

  /// Tries the next way to read the row; at last it is read as usual.
  private mutating func readOtherwise() {
    if tries.isEmpty { isDecided = true }
    scan.begin(tries.isEmpty ? .usual : tries.removeFirst())
    swallowed = SwallowedLines(format.headings.count, format.usualWidth)
  }

  private var length: Int { scan.cursor + scan.dropped }

  /// The longest line of a row beyond the limit that is looked at.
  private var longestLine: Int { limits.rowBytes / 4 }

  /// The first line of the value at the cursor before which the row may end.
  private var candidateInValue: Int? {
    swallowed.firstCandidate.flatMap { $0 > scan.start ? $0 : nil }
  }

  /// Ends a row that goes beyond the limit before the first line that could be another.
  ///
  /// - Returns: whether there is such a line.
  @discardableResult
  private mutating func decideAtLimit() -> Bool {
    if isDecided || extent != nil { return false }
    return repair(at: candidateInValue, until: scan.lineStart)
  }

  /// Takes a line within quotes.
  ///
  /// - Returns: whether the row is ended with it.
  private mutating func judge(_ line: Range<Int>) -> Bool {
    if isDecided { return false }
    if extent != nil {
      readOtherwise()
      return false
    }
    let held = buffer
    let bytes = held.span.extracting(start..<held.count)
    if !scan.isLimitSaid {
      swallowed.add(line, bytes, classes)
      if scan.strays == 0 { return false }
      if swallowed.isAllRows {
        _ = repair(at: swallowed.firstRow, until: scan.cursor)
      } else if let row = swallowed.rowLikeFirst(line, second: scan.secondLine, bytes, classes) {
        _ = repair(at: row, until: row)
      }
      return false
    }
    swallowed.closeScan()
    if scan.lastLineLength <= longestLine, swallowed.add(line, bytes, classes) {
      isDecided = true
      scan.close(at: line.lowerBound, next: line.lowerBound, isBeforeLine: true)
      return true
    }
    guard length > 16 * limits.rowBytes else { return false }
    isDecided = true
    scan.close(at: line.upperBound, next: scan.cursor)
    return true
  }

  /// Ends the row with the file, whose quotes are open.
  ///
  /// - Returns: false if it is read again instead.
  private mutating func closeAtEnd() -> Bool {
    let held = buffer
    let bytes = held.span.extracting(start..<held.count)
    if extent != nil, !isDecided {
      readOtherwise()
      return false
    }
    if !isDecided, !scan.isLimitSaid {
      if length <= limits.rowBytes, scan.secondLine == 0 || Self.isBlank(bytes, scan.secondLine) {
        scan.begin(.lines)
        isDecided = true
        return false
      }
      if length > limits.rowBytes {
        if repair(at: candidateInValue, until: scan.lineStart) { return false }
      } else {
        swallowed.add(scan.lineStart..<bytes.count, bytes, classes)
        // Whoever looks for the header does not know yet what a row is.
        let second = format.headings.isEmpty ? scan.secondLine : nil
        if repair(at: swallowed.firstCandidate ?? second, until: bytes.count) { return false }
      }
    }
    isDecided = true
    scan.close(at: bytes.count, next: bytes.count)
    return true
  }

  private static func isBlank(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
    for index in start..<bytes.count where bytes[index] > 0x20 { return false }
    return true
  }

  /// Ends the row before a line that was swallowed, and reads the following lines one by one.
  ///
  /// - Parameters:
  ///   - line: the first byte of that line.
  ///   - end: where the lines end that were swallowed.
  /// - Returns: false when there is no such line.
  private mutating func repair(at line: Int?, until end: Int) -> Bool {
    guard let line else { return false }
    position.singleLinesUntil = position.offset + fileLength(swallowed.lineByLine(until: end))
    if line == scan.secondLine {
      scan.begin(.lines)
    } else {
      scan.begin(.usual, closesAt: line)
    }
    swallowed = SwallowedLines(format.headings.count, format.usualWidth)
    isDecided = true
    return true
  }

  /// Keeps the memory bounded that a row takes.
  ///
  /// - Returns: whether the row is read again instead.
  private mutating func mendBeyondLimit() -> Bool {
    guard extent == nil, length > limits.rowBytes else { return false }
    if scan.readBeyondLimit() { return true }
    if scan.isLimitToSay(), decideAtLimit() { return true }
    let isShort = scan.lineLength <= longestLine
    // A quote is judged by the byte before it, too.
    let end = min(isShort ? scan.lineStart : scan.cursor, scan.cursor - 1)
    guard limits.rowBytes + 1 < end else { return false }
    let range = (limits.rowBytes + 1)..<end
    dropped += fileLength(range)
    buffer.removeSubrange((start + range.lowerBound)..<(start + range.upperBound))
    scan.drop(range)
    return false
  }
}
