import MeshCore

/// A heading as people write it differently: without regard to case, accents, spaces and punctuation.
struct HeadingKey: Hashable, Sendable {
  private(set) var text: String

  /// - Parameter heading: only its first 500 scalars count.
  init(_ heading: String) {
    let cut = String(String.UnicodeScalarView(heading.unicodeScalars.prefix(500)))
    text = LooseText.form(of: cut).filter { $0.isLetter || $0.isNumber }
  }

  var isEmpty: Bool { text.isEmpty }

  /// The same with letters that stand for an umlaut as its letter: "Waehrung" as "Währung"; nil without any.
  var withoutDigraphs: HeadingKey? {
    let plain = text.replacing("ae", with: "a").replacing("oe", with: "o").replacing(
      "ue",
      with: "u"
    )
    if plain == text { return nil }
    var key = self
    key.text = plain
    return key
  }
}
