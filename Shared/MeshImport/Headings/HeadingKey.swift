import MeshCore

/// A heading as people write it differently: without regard to case, accents, spaces and punctuation.
struct HeadingKey: Hashable, Sendable {
  let text: String

  /// - Parameter heading: only its first 500 scalars count.
  init(_ heading: String) {
    let cut = String(String.UnicodeScalarView(heading.unicodeScalars.prefix(500)))
    text = LooseText.form(of: cut).filter { $0.isLetter || $0.isNumber }
  }

  var isEmpty: Bool { text.isEmpty }
}
