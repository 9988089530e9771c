/// Lines that are read as if a row began with the first of them.
struct LineReading: Sendable {
  /// The first byte of the first line.
  let start: Int
  /// Lines that were read.
  private(set) var lines = 0
  /// Values that the row would have.
  private(set) var fields = 1
  /// Whether a quote is not written as it should be.
  private(set) var hasStray = false
  /// The first columns that have an at sign, as bits.
  private(set) var addresses: UInt64 = 0

  private enum State { case start, plain, quoted }
  private var state = State.start

  /// Begins with a line.
  init(_ bytes: Span<UInt8>, _ line: Range<Int>, _ classes: ByteClasses) {
    start = line.lowerBound
    add(bytes, line, classes)
  }

  /// Whether the row would go on in the next line.
  var isOpen: Bool { state == .quoted }

  /// Takes the next line.
  mutating func add(_ bytes: Span<UInt8>, _ line: Range<Int>, _ classes: ByteClasses) {
    lines += 1
    var index = line.lowerBound
    while index < line.upperBound {
      let byte = bytes[index]
      let kind = classes[byte]
      switch (state, kind) {
      case (.quoted, ByteClasses.quote):
        if index + 1 < line.upperBound, classes[bytes[index + 1]] == ByteClasses.quote {
          index += 1
        } else if Self.ends(bytes, index + 1, line.upperBound, classes) {
          state = .plain
        } else {
          hasStray = true
        }
      case (.start, ByteClasses.quote): state = .quoted
      case (.start, _) where classes.isSpace(byte): break
      case (.quoted, ByteClasses.backslash): index += 1
      case (_, ByteClasses.lead):
        if state == .start { state = .plain }
        if index + 1 < line.upperBound, bytes[index + 1] >= 0x40 { index += 1 }
      case (.start, ByteClasses.delimiter), (.plain, ByteClasses.delimiter):
        fields += 1
        state = .start
      case (.start, _): state = .plain
      default:
        if byte == UInt8(ascii: "@"), fields <= 64 { addresses |= 1 << UInt64(fields - 1) }
      }
      index += 1
    }
    if state == .start { state = .plain }
  }

  private static func ends(
    _ bytes: Span<UInt8>,
    _ index: Int,
    _ end: Int,
    _ classes: ByteClasses
  ) -> Bool {
    var after = index
    while after < end, after - index < RowScan.mostSpaces, classes.isSpace(bytes[after]) {
      after += 1
    }
    guard after < end else { return true }
    let kind = classes[bytes[after]]
    return kind == ByteClasses.delimiter || kind == ByteClasses.lineFeed
      || kind == ByteClasses.carriageReturn
  }
}
