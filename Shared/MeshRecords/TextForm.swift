import MeshCore

/// The normalized form in which a text is stored.
package enum TextForm {
  /// The text in the form in which records store it.
  ///
  /// That is Normalization Form C, without blanks around it and without control characters; runs of blanks
  /// become one space. A text without visible characters becomes empty.
  ///
  /// - Parameters:
  ///   - text: as it was written.
  ///   - keepsLines: whether line breaks stay, except around the text.
  /// - Returns: the text in its form.
  package static func cleaned(_ text: String, keepsLines: Bool = false) -> String {
    if isClean(text.utf8) { return text }
    var result = String.UnicodeScalarView()
    var pendingSpace = false
    for scalar in text.unicodeScalars {
      if keepsLines && scalar == "\n" {
        if !result.isEmpty { result.append(scalar) }
        pendingSpace = false
      } else if scalar.properties.isWhitespace || scalar.value < 0x20
        || (0x7F...0x9F).contains(scalar.value)
      {
        pendingSpace = !result.isEmpty
      } else {
        if pendingSpace, result.last != "\n" { result.append(" ") }
        pendingSpace = false
        result.append(scalar)
      }
    }
    while result.last == "\n" { result.removeLast() }
    let text = UnicodeText.composed(String(result))
    return UnicodeText.isVisible(text) ? text : ""
  }

  /// Whether a text is already in this form, as most are: printable ASCII with single blanks.
  private static func isClean(_ text: String.UTF8View) -> Bool {
    var last = UInt8(ascii: " ")
    for byte in text {
      guard (0x20...0x7E).contains(byte), byte != 0x20 || last != 0x20 else { return false }
      last = byte
    }
    return last != 0x20 || text.isEmpty
  }
}
