/// A line that is read as if a row began there.
struct LineReading: Sendable {
  /// Values that it would have.
  private(set) var fields = 1
  /// Whether its last value would go on in the next line.
  private(set) var isOpen = false
  /// The first columns that have an at sign, as bits.
  private(set) var addresses: UInt64 = 0

  private enum State { case start, plain, quoted }

  init(_ bytes: Span<UInt8>, _ line: Range<Int>, _ classes: ByteClasses) {
    var state = State.start
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
    isOpen = state == .quoted
  }

  private static func ends(
    _ bytes: Span<UInt8>,
    _ index: Int,
    _ end: Int,
    _ classes: ByteClasses
  ) -> Bool {
    var index = index
    while index < end, classes.isSpace(bytes[index]) { index += 1 }
    guard index < end else { return true }
    let kind = classes[bytes[index]]
    return kind == ByteClasses.delimiter || kind == ByteClasses.lineFeed
      || kind == ByteClasses.carriageReturn
  }
}
