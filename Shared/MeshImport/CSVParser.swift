import MeshRecords

/// A CSV parser (RFC 4180) as a state machine: bytes in, records out, in constant memory.
///
/// Accepts UTF-8 with or without a byte order mark, line ends of any kind, quoted values with line
/// breaks, and a delimiter of comma, semicolon or tab. Blank lines are skipped.
struct CSVParser: Sendable {
  /// One record with its place in the file.
  struct Record: Sendable, Equatable {
    /// The line on which the record begins; the first line of the file is 1.
    let line: Int
    /// The first `mostValues` values.
    let values: [String]
    /// The number of values in all.
    let count: Int
    /// Offset of the first byte after the record, where another parser may continue.
    let endOffset: Int
    /// Line after the record.
    let endLine: Int
  }

  enum Fault: Error, Equatable {
    /// A quoted value that is not followed by a delimiter or a line end.
    case strayQuote(line: Int)
    case notUTF8(line: Int)
    /// A record longer than `maxRecordBytes`: most likely a quote that is never closed.
    case recordTooLong(line: Int)
    /// The file ends within a quoted value.
    case openQuote(line: Int)
  }

  /// Longest record in bytes.
  static let maxRecordBytes = 1 << 20

  /// Values of a record that are kept: more than a file may have columns.
  static let mostValues = Limit.importColumns.most + 1

  private enum State: Sendable {
    case valueStart, plain, quoted, quoteInQuoted, afterCarriageReturn
  }

  private let delimiter: UInt8
  private var state = State.valueStart
  private var value: [UInt8] = []
  private var values: [String] = []
  private var count = 0
  private var recordBytes = 0
  private var line: Int
  private var recordLine: Int
  private var offset: Int
  private var sawQuote = false
  private var endsRecord = false
  /// Bytes of a byte order mark that the file has begun with so far.
  private var heldMark = 0
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// - Parameters:
  ///   - delimiter: comma, semicolon or tab.
  ///   - offset: of the first byte that will be fed, which begins a record.
  ///   - line: of that byte.
  init(delimiter: UInt8 = UInt8(ascii: ","), offset: Int = 0, line: Int = 1) {
    self.delimiter = delimiter
    self.offset = offset
    self.line = line
    recordLine = line
  }

  /// The delimiter that a header row uses: the commonest of comma, semicolon and tab outside
  /// quotes.
  static func delimiter(ofHeader bytes: some Sequence<UInt8>) -> UInt8 {
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    var counts = [0, 0, 0]
    var quoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { quoted.toggle() }
      if byte == UInt8(ascii: "\n") && !quoted { break }
      if !quoted, let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    let most = counts.max() ?? 0
    return most == 0 ? candidates[0] : candidates[counts.firstIndex(of: most) ?? 0]
  }

  /// Parses the next bytes of the file and emits the records they complete, at most `limit`.
  ///
  /// - Parameters:
  ///   - bytes: the next bytes. A byte order mark at offset 0 is skipped.
  ///   - limit: stops after so many records and leaves the rest of the bytes.
  ///   - emit: called for each record.
  /// - Returns: how many bytes were consumed.
  /// - Throws: `Fault`, or what `emit` throws.
  mutating func feed(
    _ bytes: ArraySlice<UInt8>,
    limit: Int = .max,
    _ emit: (Record) throws -> Void
  ) throws -> Int {
    var records = 0
    var index = bytes.startIndex
    while index < bytes.endIndex, records < limit {
      let byte = bytes[index]
      if offset < Self.mark.count, heldMark == offset, byte == Self.mark[offset] {
        heldMark += 1
        index += 1
        offset += 1
        continue
      }
      try releaseMark()
      if state == .afterCarriageReturn {
        // The record ended at the carriage return; the line feed belongs to the same line end.
        if byte == UInt8(ascii: "\n") {
          index += 1
          offset += 1
        }
        records += try finishRecord(emit)
        continue
      }
      index += 1
      offset += 1
      try take(byte)
      if byte == UInt8(ascii: "\n"), state == .valueStart, endsRecord {
        records += try finishRecord(emit)
      }
    }
    return index - bytes.startIndex
  }

  /// Emits the last record if the file does not end with a line end.
  mutating func finish(_ emit: (Record) throws -> Void) throws {
    try releaseMark()
    if state == .quoted { throw Fault.openQuote(line: recordLine) }
    if state != .afterCarriageReturn { try endValue() }
    _ = try finishRecord(emit)
  }

  /// Parses bytes that looked like the beginning of a byte order mark.
  private mutating func releaseMark() throws {
    let held = heldMark
    heldMark = 0
    if held == Self.mark.count { return }
    for byte in Self.mark[..<held] { try take(byte) }
  }

  private mutating func take(_ byte: UInt8) throws {
    recordBytes += 1
    if recordBytes > Self.maxRecordBytes { throw Fault.recordTooLong(line: recordLine) }
    endsRecord = false
    if state == .quoted {
      if byte == UInt8(ascii: "\"") {
        state = .quoteInQuoted
      } else {
        if byte == UInt8(ascii: "\n") { line += 1 }
        value.append(byte)
      }
      return
    }
    switch byte {
    case delimiter:
      try endValue()
      state = .valueStart
    case UInt8(ascii: "\n"):
      try endValue()
      line += 1
      endsRecord = true
      state = .valueStart
    case UInt8(ascii: "\r"):
      try endValue()
      line += 1
      state = .afterCarriageReturn
    case UInt8(ascii: "\"") where state == .valueStart:
      state = .quoted
      sawQuote = true
    case UInt8(ascii: "\"") where state == .quoteInQuoted:
      value.append(byte)
      state = .quoted
    default:
      if state == .quoteInQuoted { throw Fault.strayQuote(line: line) }
      value.append(byte)
      state = .plain
    }
  }

  private mutating func endValue() throws {
    guard let text = String(validating: value, as: UTF8.self) else {
      throw Fault.notUTF8(line: recordLine)
    }
    if values.count < Self.mostValues { values.append(text) }
    count += 1
    value.removeAll(keepingCapacity: true)
  }

  /// - Returns: 1 when there was a record, 0 for a blank line.
  private mutating func finishRecord(_ emit: (Record) throws -> Void) throws -> Int {
    let isBlank = values.count == 1 && values[0].isEmpty && !sawQuote || values.isEmpty
    let record = Record(
      line: recordLine,
      values: values,
      count: count,
      endOffset: offset,
      endLine: line
    )
    count = 0
    values.removeAll(keepingCapacity: true)
    recordBytes = 0
    sawQuote = false
    recordLine = line
    endsRecord = false
    state = .valueStart
    if isBlank { return 0 }
    try emit(record)
    return 1
  }
}
