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
}
