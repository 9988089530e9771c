/// What people call someone or something: one line of 1 to 200 characters.
package struct DisplayName: Hashable, Sendable {
  /// Most Unicode scalars.
  package static let limit = 200

  package let text: String

  /// The name without spaces around it; runs of spaces, line breaks and other control characters
  /// become one space.
  ///
  /// Nil when nothing is left, or more than the limit.
  package init?(_ text: String) {
    var cleaned = String.UnicodeScalarView()
    var pendingSpace = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
        pendingSpace = !cleaned.isEmpty
      } else {
        if pendingSpace { cleaned.append(" ") }
        pendingSpace = false
        cleaned.append(scalar)
      }
    }
    guard (1...Self.limit).contains(cleaned.count) else { return nil }
    self.text = String(cleaned)
  }
}
