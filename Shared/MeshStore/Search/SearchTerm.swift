import MeshCore

/// What stands between blanks and separators in a text: parts that an apostrophe or a hyphen joins, or signs.
struct SearchTerm: Hashable, Sendable {
  private static let longestPart = 64

  /// Folded words; none when the term is of signs only.
  var parts: [String] = []
  /// The same with `ue` for `ü` and the like, as people write on keyboards that lack the letter.
  private var spelt: [String] = []
  /// What joins the parts, where anything does.
  private var joint: Unicode.Scalar?
  /// Signs after the last part, as the index keeps them.
  private var signs = ""
  /// Signs that stand alone.
  private var loneSigns: [String] = []
  /// Whether a part is longer than what is kept of it.
  private(set) var isCut = false

  /// The terms of a text, in order, with repetitions.
  static func terms(of text: String) -> [SearchTerm] {
    var reader = TermReader()
    for scalar in UnicodeText.folded(text).unicodeScalars { reader.read(scalar) }
    reader.end()
    return reader.terms
  }

  /// Words by which a document with this term is found: at most three forms of each, so that `Müller` is
  /// found by `muller` and `mueller`, and `Mueller` by `müller`.
  var findable: [String] {
    var words = findable(parts)
    if spelt != parts { words += findable(spelt) }
    let short = parts.map(TextFolding.shortened)
    if short != parts { words += findable(short) }
    return words + loneSigns
  }

  private func findable(_ parts: [String]) -> [String] {
    var words = parts
    if parts.count > 1 { words.append(parts.joined()) }
    if let last = parts.last, !signs.isEmpty {
      words.append(last + signs)
      if parts.count > 1 { words.append(parts.joined() + signs) }
    }
    return words
  }

  /// Words that a document must have where this term is looked for.
  var required: [String] {
    guard !parts.isEmpty else { return [] }
    if joint == "'" { return [parts.joined() + signs] }
    return parts.dropLast() + [(parts.last ?? "") + signs]
  }

  /// The signs of a term that is of nothing else.
  var requiredSigns: [String] { loneSigns }

  /// Reads one character after the other.
  private struct TermReader {
    private(set) var terms: [SearchTerm] = []
    private var term = SearchTerm()
    private var part = ""
    private var speltPart = ""
    private var pendingJoint: Unicode.Scalar?
    private var pendingSigns: [Unicode.Scalar] = []

    mutating func read(_ scalar: Unicode.Scalar) {
      if TextFolding.standsAlone(scalar) {
        end()
        terms.append(SearchTerm(parts: [String(scalar)], spelt: [String(scalar)]))
      } else if let letters = Self.letters(scalar) {
        begin()
        if part.utf8.count < longestPart {
          part += letters
          speltPart += TextFolding.spelt(scalar) ?? letters
        } else {
          term.isCut = true
        }
      } else if let joint = Self.joint(scalar), !part.isEmpty, pendingSigns.isEmpty {
        pendingJoint = joint
      } else if Self.isSign(scalar) {
        if pendingJoint != nil { end() }
        pendingSigns.append(scalar)
      } else {
        end()
      }
    }

    /// A letter comes: it goes on with the word, with the next part of the term, or with a new term.
    private mutating func begin() {
      if !pendingSigns.isEmpty { end() }
      guard let joint = pendingJoint else { return }
      pendingJoint = nil
      if let before = term.joint, before != joint {
        end()
      } else {
        endPart()
        term.joint = joint
      }
    }

    private mutating func endPart() {
      term.parts.append(part)
      term.spelt.append(speltPart)
      (part, speltPart) = ("", "")
    }

    mutating func end() {
      let isWord = !part.isEmpty
      if isWord { endPart() }
      let isAttached =
        isWord && pendingSigns.allSatisfy { "+#%".unicodeScalars.contains($0) }
      if isAttached { term.signs = pendingSigns.map(Self.kept).joined() }
      term.loneSigns = Array(Set(pendingSigns.map(Self.kept))).sorted()
      if !term.parts.isEmpty || !term.loneSigns.isEmpty { terms.append(term) }
      term = SearchTerm()
      pendingJoint = nil
      pendingSigns = []
    }

    private static func letters(_ scalar: Unicode.Scalar) -> String? {
      switch scalar {
      case "a"..."z", "0"..."9": String(scalar)
      case _ where scalar.isASCII: nil
      default: TextFolding.fold(scalar)
      }
    }

    private static func joint(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
      switch scalar {
      case "'", "\u{2019}", "\u{2018}", "`", "\u{B4}", "\u{2032}": "'"
      case "-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}": "-"
      default: nil
      }
    }

    /// Whether it is a sign by which something is found.
    private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
      if scalar.isASCII { return "+#%&*=$!?~^|<>".unicodeScalars.contains(scalar) }
      switch scalar.properties.generalCategory {
      case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: return true
      default: return false
      }
    }

    /// A sign as the index keeps it: a character that it takes for a letter.
    private static func kept(_ scalar: Unicode.Scalar) -> String {
      guard scalar.isASCII, let sign = Unicode.Scalar(0xE000 + scalar.value) else {
        return String(scalar)
      }
      return String(sign)
    }
  }
}
