extension StringProtocol {
  /// The longest beginning of at most `maxBytes` bytes of UTF-8 that ends between two scalars.
  package func prefix(maxBytes: Int) -> String {
    if utf8.count <= maxBytes { return String(self) }
    var kept = Array(utf8.prefix(Swift.max(0, maxBytes) + 1))
    // The byte behind the cut tells whether the cut is between two scalars.
    while let last = kept.popLast(), last & 0xC0 == 0x80 {}
    return String(decoding: kept, as: UTF8.self)
  }

  /// The text, or its beginning and an ellipsis when it has more than `maxBytes` bytes.
  package func cut(maxBytes: Int) -> String {
    utf8.count <= maxBytes ? String(self) : prefix(maxBytes: maxBytes) + "…"
  }

  /// The text as it is stored: at most `maxBytes` bytes, with a space in place of every control
  /// character and line separator.
  package func cleaned(maxBytes: Int) -> String {
    let text = prefix(maxBytes: maxBytes)
    // A byte of the ASCII controls, or the first of U+0080 to U+009F and of U+2028 and U+2029.
    let isSuspect = text.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2 }
    guard isSuspect else { return text }
    var cleaned = ""
    cleaned.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: cleaned.append(" ")
      default: cleaned.unicodeScalars.append(scalar)
      }
    }
    return cleaned
  }
}
