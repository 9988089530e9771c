/// Texts with nothing to see in them.
enum BlankText {
  static func isBlank(_ text: some StringProtocol) -> Bool {
    text.utf8.allSatisfy { $0 <= 0x20 } || text.unicodeScalars.allSatisfy(isInvisible)
  }

  /// The text without what nobody sees at its ends.
  static func trimmed(_ text: String) -> String {
    var rest = text[...].unicodeScalars
    while let first = rest.first, isInvisible(first) { rest.removeFirst() }
    while let last = rest.last, isInvisible(last) { rest.removeLast() }
    return String(rest)
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value <= 0x20 || scalar.properties.isWhitespace || scalar == "\u{FEFF}"
      || (0x200B...0x200F).contains(scalar.value)
  }
}
