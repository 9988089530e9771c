/// Lines that are read as if a row began with the first of them.
struct LineScan: Sendable {
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
  /// What the row would be if the quote that is open were a character.
  private var plain = (fields: 1, addresses: UInt64(0))

  private enum State { case start, plain, quoted }
  private var state = State.start
  private let isAlone: Bool

  /// Begins with a line.
  ///
  /// - Parameters:
  ///   - bytes: from the row's first byte on.
  ///   - line: its place among them.
  ///   - classes: what each byte is.
  ///   - isAlone: whether the row has this line only, so that quotes that are not written as they should be are
  ///     characters.
  init(_ bytes: Span<UInt8>, _ line: Range<Int>, _ classes: ByteClasses, isAlone: Bool = false) {
    start = line.lowerBound
    self.isAlone = isAlone
    add(bytes, line, classes)
    if isAlone, isOpen { (fields, addresses) = plain }
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
          if isAlone { state = .plain }
        }
      case (.start, ByteClasses.quote):
        state = .quoted
        plain = (fields, addresses)
      case (.start, _) where classes.isSpace(byte): break
      case (.quoted, ByteClasses.backslash): index += 1
      case (.quoted, ByteClasses.delimiter): plain.fields += 1
      case (_, ByteClasses.lead):
        if state == .start { state = .plain }
        if index + 1 < line.upperBound, bytes[index + 1] >= 0x40 { index += 1 }
      case (.start, ByteClasses.delimiter), (.plain, ByteClasses.delimiter):
        fields += 1
        state = .start
      case (.start, _): state = .plain
      default: if byte == UInt8(ascii: "@") { noteAddress() }
      }
      index += 1
    }
    if state == .start { state = .plain }
  }

  private mutating func noteAddress() {
    addresses |= Self.bit(fields)
    if state == .quoted { plain.addresses |= Self.bit(plain.fields) }
  }

  private static func bit(_ field: Int) -> UInt64 { field <= 64 ? 1 << UInt64(field - 1) : 0 }

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
