/// Makes UTF-8 of UTF-16 that comes in pieces.
///
/// Each unit becomes U+FFFD if it is no character by itself or with its neighbour, so that the length of the
/// UTF-8 tells that of the UTF-16.
struct UTF16Reader: Sendable {
  private let isBigEndian: Bool
  /// The first byte of a unit, whose second is yet to come.
  private var half: UInt8?
  /// The first of two surrogates.
  private var high: UInt16?

  init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

  /// Adds the next bytes, as UTF-8.
  mutating func append(_ bytes: some Collection<UInt8>, to result: inout [UInt8]) {
    let bytes = Array(bytes)
    let span = bytes.span
    result.reserveCapacity(result.count + span.count / 2 + 3)
    var index = 0
    if let first = half, !span.isEmpty {
      half = nil
      take(first, span[0], &result)
      index = 1
    }
    let ahead = isBigEndian ? 1 : 0
    while index + 1 < span.count {
      let (lower, upper) = (span[index + ahead], span[index + 1 - ahead])
      if upper == 0, lower < 0x80, high == nil {
        result.append(lower)
      } else {
        take(span[index], span[index + 1], &result)
      }
      index += 2
    }
    if index < span.count { half = span[index] }
  }

  private mutating func take(_ first: UInt8, _ second: UInt8, _ result: inout [UInt8]) {
    let (upper, lower) = isBigEndian ? (first, second) : (second, first)
    append(unit: UInt16(upper) << 8 | UInt16(lower), to: &result)
  }

  /// Adds what the file ends with, if that is half of a character.
  mutating func finish(_ result: inout [UInt8]) {
    if high != nil { Self.append("\u{FFFD}", to: &result) }
    high = nil
    half = nil
  }

  private mutating func append(unit: UInt16, to result: inout [UInt8]) {
    if let first = high {
      high = nil
      if UTF16.isTrailSurrogate(unit) {
        let value = 0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(unit & 0x3FF))
        Self.append(Unicode.Scalar(value) ?? "\u{FFFD}", to: &result)
        return
      }
      Self.append("\u{FFFD}", to: &result)
    }
    if UTF16.isLeadSurrogate(unit) {
      high = unit
    } else if unit < 0x80 {
      result.append(UInt8(unit))
    } else {
      Self.append(Unicode.Scalar(unit) ?? "\u{FFFD}", to: &result)
    }
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout [UInt8]) {
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { result.append(byte) }
  }

  /// How many bytes of UTF-16 some UTF-8 was made of.
  static func length(of bytes: Span<UInt8>) -> Int {
    var units = 0
    for index in bytes.indices {
      let byte = bytes[index]
      if byte & 0xC0 != 0x80 { units += byte >= 0xF0 ? 2 : 1 }
    }
    return 2 * units
  }
}
