/// What each byte is to a reader of rows.
struct ByteClasses: Sendable {
  static let ordinary: UInt8 = 0
  static let delimiter: UInt8 = 1
  static let quote: UInt8 = 2
  static let carriageReturn: UInt8 = 3
  static let lineFeed: UInt8 = 4
  static let backslash: UInt8 = 5
  /// The first of two bytes of a character.
  static let lead: UInt8 = 6
  static let null: UInt8 = 7

  private let classes: [UInt8]
  let delimiterByte: UInt8

  init(_ format: TableFormat, _ quoting: TableFormat.Quoting) {
    delimiterByte = format.delimiter
    classes = (0...255).map { byte in
      let byte = UInt8(byte)
      if byte == format.delimiter { return Self.delimiter }
      switch byte {
      case UInt8(ascii: "\""): return Self.quote
      case UInt8(ascii: "\r"): return Self.carriageReturn
      case UInt8(ascii: "\n"): return Self.lineFeed
      case UInt8(ascii: "\\"): return quoting == .backslash ? Self.backslash : Self.ordinary
      case 0: return Self.null
      default: return format.encoding.isLead(byte) ? Self.lead : Self.ordinary
      }
    }
  }

  subscript(byte: UInt8) -> UInt8 { classes[Int(byte)] }

  func isSpace(_ byte: UInt8) -> Bool {
    (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")) && byte != delimiterByte
  }

  /// Whether a byte of a kind ends a value.
  static func endsValue(_ kind: UInt8) -> Bool {
    kind == delimiter || kind == carriageReturn || kind == lineFeed
  }

  /// The first byte after the line end at an index; nil if that is not known yet.
  func lineEnd(_ bytes: Span<UInt8>, _ index: Int, _ isLast: Bool) -> Int? {
    if self[bytes[index]] == Self.lineFeed { return index + 1 }
    guard index + 1 < bytes.count else { return isLast ? index + 1 : nil }
    return self[bytes[index + 1]] == Self.lineFeed ? index + 2 : index + 1
  }

  /// The bytes of the character that begins at an index with the first of two.
  func length(_ bytes: Span<UInt8>, _ lead: Int) -> Int {
    lead + 1 < bytes.count && bytes[lead + 1] >= 0x40 ? 2 : 1
  }
}
