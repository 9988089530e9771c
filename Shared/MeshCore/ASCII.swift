// Of a type each: what is generic is not compiled for its types in other modules, and these are called for
// every header.

extension Substring {
  /// The text with A to Z in lower case and everything else as it is: how protocol text is compared.
  ///
  /// Unicode's case mapping would make ASCII of what is none: the Kelvin sign becomes a k.
  package var asciiLowercased: String {
    if !utf8.contains(where: { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }) {
      return String(self)
    }
    var bytes = Array(utf8)
    for index in bytes.indices
    where bytes[index] >= UInt8(ascii: "A") && bytes[index] <= UInt8(ascii: "Z") {
      bytes[index] |= 0x20
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether the bytes are those of `other`, A to Z in either case.
  package func equalsASCII(_ other: String) -> Bool {
    utf8.elementsEqual(other.utf8) { left, right in
      let isLetter = (left | 0x20) >= UInt8(ascii: "a") && (left | 0x20) <= UInt8(ascii: "z")
      return left == right || isLetter && left ^ right == 0x20
    }
  }
}

extension String {
  /// As `Substring.asciiLowercased`.
  package var asciiLowercased: String { self[...].asciiLowercased }

  /// Whether the bytes are those of `other`, A to Z in either case.
  package func equalsASCII(_ other: String) -> Bool { self[...].equalsASCII(other) }
}
