/// Bytes as base 64 (RFC 4648): the standard alphabet, or the one for URLs and file names.
package enum Base64 {
  /// The standard alphabet, with padding unless told otherwise.
  package static func encode(_ bytes: [UInt8], padded: Bool = true) -> String {
    encode(bytes, standard.digits, padded: padded)
  }

  /// The alphabet for URLs (section 5), without padding.
  package static func encodeURL(_ bytes: [UInt8]) -> String {
    encode(bytes, url.digits, padded: false)
  }

  /// Reads the standard alphabet, padded or not (gRPC sends both).
  ///
  /// - Returns: nil for any other character, a wrong length or bits left over that are not zero.
  package static func decode(_ text: String) -> [UInt8]? {
    let padding = text.utf8.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding == 0 || (padding <= 2 && text.utf8.count.isMultiple(of: 4)) else { return nil }
    return decode(text.utf8.dropLast(padding), standard.values)
  }

  /// Reads the alphabet for URLs, without padding, as strictly as `decode`.
  package static func decodeURL(_ text: some StringProtocol) -> [UInt8]? {
    decode(Substring(text).utf8, url.values)
  }

  private struct Alphabet {
    let digits: [UInt8]
    /// The value of each byte; 0xff for what is no digit.
    let values: [UInt8]

    init(_ last: String) {
      let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
      digits = Array((letters + last).utf8)
      var table = [UInt8](repeating: 0xff, count: 256)
      for (value, character) in digits.enumerated() { table[Int(character)] = UInt8(value) }
      values = table
    }
  }

  private static let standard = Alphabet("+/")
  private static let url = Alphabet("-_")

  private static func encode(_ bytes: [UInt8], _ digits: [UInt8], padded: Bool) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let count = min(3, bytes.count - index)
      var group = 0
      for place in 0..<3 { group = group << 8 | (place < count ? Int(bytes[index + place]) : 0) }
      for place in 0...count { text.append(digits[group >> (18 - 6 * place) & 63]) }
      if padded { for _ in count..<3 { text.append(UInt8(ascii: "=")) } }
      index += 3
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func decode(_ text: Substring.UTF8View, _ values: [UInt8]) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * 3 / 4)
    var pending: UInt32 = 0
    var bits = 0
    for character in text {
      let value = values[Int(character)]
      guard value != 0xff else { return nil }
      pending = pending << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(bits)))
        pending &= (1 << UInt32(bits)) - 1
      }
    }
    // Six bits left over are a digit without its byte; what else is left over must be zero.
    return bits < 6 && pending == 0 ? bytes : nil
  }
}
