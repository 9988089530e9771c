import CICU

/// The characters of an encoding by their bytes, as ICU has them.
struct CharacterTable: Sendable {
  /// What stands for a byte that is no character.
  static let unknown: UInt16 = 0xFFFD

  /// The character of each byte.
  private let singles: [UInt16]
  /// The character of each pair of bytes; empty for an encoding of single bytes.
  private let pairs: [UInt16]
  private let encoding: TableEncoding

  private init(_ encoding: TableEncoding) {
    let name = encoding.icuName ?? encoding.rawValue
    self.encoding = encoding
    singles = (0...255).map { byte in
      let byte = UInt8(byte)
      if byte < 0x80 { return UInt16(byte) }
      if encoding.isLead(byte) { return Self.unknown }
      let units = Self.units(of: [byte], name)
      guard units.count == 1, units[0] >= 0xA0 else { return Self.unknown }
      return units[0]
    }
    guard encoding == .shiftJIS || encoding == .gb18030 else {
      pairs = []
      return
    }
    var table = [UInt16](repeating: Self.unknown, count: 65_536)
    _ = cicu_decode_pairs(name, &table)
    pairs = table
  }

  /// The table of an encoding; nil for UTF-8 and UTF-16, which need none.
  static func of(_ encoding: TableEncoding) -> CharacterTable? {
    switch encoding {
    case .utf8, .utf16LE, .utf16BE: nil
    case .windows1250: windows1250
    case .windows1251: windows1251
    case .windows1252: windows1252
    case .macRoman: macRoman
    case .shiftJIS: shiftJIS
    case .gb18030: gb18030
    }
  }

  private static let windows1250 = CharacterTable(.windows1250)
  private static let windows1251 = CharacterTable(.windows1251)
  private static let windows1252 = CharacterTable(.windows1252)
  private static let macRoman = CharacterTable(.macRoman)
  private static let shiftJIS = CharacterTable(.shiftJIS)
  private static let gb18030 = CharacterTable(.gb18030)

  /// The character that begins at a byte.
  ///
  /// - Parameters:
  ///   - bytes: of a text.
  ///   - index: less than their count.
  /// - Returns: the character, U+FFFD for a byte that begins none, and how many bytes it has.
  func character(in bytes: Span<UInt8>, at index: Int) -> (scalar: Unicode.Scalar, length: Int) {
    let byte = bytes[index]
    if byte < 0x80 { return (Unicode.Scalar(byte), 1) }
    guard encoding.isLead(byte), index + 1 < bytes.count, !pairs.isEmpty else {
      return (Self.scalar(singles[Int(byte)]), 1)
    }
    let trail = bytes[index + 1]
    if encoding == .gb18030, (0x30...0x39).contains(trail), index + 3 < bytes.count {
      let four = (0..<4).map { bytes[index + $0] }
      let text = String(decoding: Self.units(of: four, encoding.rawValue), as: UTF16.self)
      if let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1 {
        return (scalar, 4)
      }
      return (Self.scalar(Self.unknown), 1)
    }
    let unit = pairs[Int(byte) << 8 | Int(trail)]
    // A broken first byte does not take what separates values with it.
    return (Self.scalar(unit), unit == Self.unknown && trail < 0x80 ? 1 : 2)
  }

  private static func scalar(_ unit: UInt16) -> Unicode.Scalar {
    Unicode.Scalar(unit) ?? "\u{FFFD}"
  }

  private static func units(of bytes: [UInt8], _ name: String) -> [UInt16] {
    var result = [UInt16](repeating: 0, count: 2 * bytes.count + 4)
    let count = cicu_decode(name, bytes, Int32(bytes.count), &result, Int32(result.count))
    return count < 0 || count > result.count ? [] : Array(result.prefix(Int(count)))
  }
}
