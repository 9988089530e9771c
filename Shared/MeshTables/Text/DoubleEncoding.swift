/// UTF-8 that was taken for Windows-1252 and encoded once more: `Ã¼` for `ü`.
enum DoubleEncoding {
  /// The text as it was before.
  ///
  /// - Parameter text: a text.
  /// - Returns: nil if it was not encoded twice.
  static func undone(_ text: String) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var isASCII = true
    for scalar in text.unicodeScalars {
      guard let byte = byte(of: scalar) else { return nil }
      if byte >= 0x80 { isASCII = false }
      bytes.append(byte)
    }
    if isASCII { return nil }
    guard let valid = try? UTF8Span(validating: bytes.span) else { return nil }
    return String(copying: valid)
  }

  /// The byte of Windows-1252 that a character was made of; bytes that it does not have become C1 controls.
  private static func byte(of scalar: Unicode.Scalar) -> UInt8? {
    if let byte = UInt8(exactly: scalar.value) {
      return byte < 0x80 || byte >= 0xA0 || [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(byte)
        ? byte : nil
    }
    return specials[scalar]
  }

  private static let specials: [Unicode.Scalar: UInt8] = {
    var specials: [Unicode.Scalar: UInt8] = [:]
    guard let table = CharacterTable.of(.windows1252) else { return [:] }
    for byte in UInt8(0x80)...0x9F {
      let scalar = table.character(in: [byte].span, at: 0).scalar
      if scalar != "\u{FFFD}" { specials[scalar] = byte }
    }
    return specials
  }()
}
