/// A TypeID whose prefix is known only at run time: a lower-case prefix and a UUID, as text.
///
/// Follows the TypeID specification 0.3: the prefix has 0 to 63 characters of `a-z` and `_`, neither
/// begins nor ends with `_`, and the suffix is the UUID in 26 digits of Crockford's base 32 in lower
/// case. `ID` is the form to use wherever the kind is known.
package struct TypeID: Hashable, Sendable, CustomStringConvertible {
  package let prefix: String
  /// The first 8 bytes of the UUID, most significant first.
  package let high: UInt64
  /// The last 8 bytes of the UUID, most significant first.
  package let low: UInt64

  package init<Kind>(_ id: ID<Kind>) {
    prefix = Kind.prefix.description
    high = id.high
    low = id.low
  }

  /// Reads `text` strictly: what is not exactly a TypeID's canonical text is refused.
  package init?(_ text: String) {
    let utf8 = text.utf8
    guard utf8.count >= TypeIDSuffix.length else { return nil }
    let suffixStart = utf8.index(utf8.endIndex, offsetBy: -TypeIDSuffix.length)
    guard let value = TypeIDSuffix.decode(utf8[suffixStart...]) else { return nil }
    let head = utf8[..<suffixStart]
    if !head.isEmpty {
      guard head.last == UInt8(ascii: "_"), Self.isPrefix(head.dropLast()) else { return nil }
    }
    prefix = String(decoding: head.dropLast(), as: UTF8.self)
    high = value.high
    low = value.low
  }

  package var description: String {
    var bytes = Array(prefix.utf8)
    if !bytes.isEmpty { bytes.append(UInt8(ascii: "_")) }
    TypeIDSuffix.encode(high: high, low: low) { bytes.append($0) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isPrefix(_ bytes: Substring.UTF8View) -> Bool {
    let underscore = UInt8(ascii: "_")
    guard (1...63).contains(bytes.count), bytes.first != underscore, bytes.last != underscore else {
      return false
    }
    return bytes.allSatisfy { $0 == underscore || (UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0) }
  }
}

/// The 26 digits of a TypeID that carry the UUID.
enum TypeIDSuffix {
  static let length = 26

  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  /// The value of each byte as a digit; 0xff for what is no digit.
  private static let values: [UInt8] = {
    var table = [UInt8](repeating: 0xff, count: 256)
    for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
    return table
  }()

  static func encode(high: UInt64, low: UInt64, _ append: (UInt8) -> Void) {
    let value = UInt128(high) << 64 | UInt128(low)
    let digits = alphabet
    for place in stride(from: 125, through: 0, by: -5) {
      append(digits[Int(truncatingIfNeeded: value >> UInt128(place)) & 31])
    }
  }

  /// The UUID that `digits` spell; nil unless they are 26 digits of at most 128 bits.
  static func decode(_ digits: some Collection<UInt8>) -> (high: UInt64, low: UInt64)? {
    let table = values
    var value: UInt128 = 0
    var count = 0
    for character in digits {
      let digit = table[Int(character)]
      // 26 digits hold 130 bits: the first may not exceed 7.
      guard digit != 0xff, count < length, count > 0 || digit <= 7 else { return nil }
      value = value << 5 | UInt128(digit)
      count += 1
    }
    guard count == length else { return nil }
    return (UInt64(truncatingIfNeeded: value >> 64), UInt64(truncatingIfNeeded: value))
  }
}

/// The suffix of a TypeID as bytes, for codecs.
package enum TypeIDText {
  package static let suffixLength = TypeIDSuffix.length

  /// Writes an id's 26 digits to memory that has room for them.
  package static func write(_ id: IDWords, to memory: UnsafeMutableRawPointer) {
    var place = memory
    TypeIDSuffix.encode(high: id.high, low: id.low) { digit in
      place.storeBytes(of: digit, as: UInt8.self)
      place += 1
    }
  }

  /// The id that 26 digits spell; nil for anything else.
  package static func words(_ digits: UnsafeRawBufferPointer) -> IDWords? {
    TypeIDSuffix.decode(digits).map { IDWords(high: $0.high, low: $0.low) }
  }
}
