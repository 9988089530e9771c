/// Letters of a folded text (`UnicodeText.folded`) as searches compare them: in Latin, Greek, Cyrillic and
/// Arabic without marks.
package enum TextFolding {
  /// What stands for `scalar` in a word: empty for a mark, nil when it is no part of a word.
  package static func fold(_ scalar: Unicode.Scalar) -> String? {
    if let folded = folded[scalar] { return folded }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .nonspacingMark: return ""
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .spacingMark:
      return properties.lowercaseMapping
    default: return nil
    }
  }

  /// Whether `scalar` is a word of its own: words are written without spaces between them, or, in Korean,
  /// with endings.
  package static func standsAlone(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3040...0x30ff, 0xac00...0xd7a3, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff,
      0x20000...0x3ffff:
      true
    default: false
    }
  }

  /// The letters that are more than the lower case of themselves.
  private static let folded: [Unicode.Scalar: String] = {
    var folded: [Unicode.Scalar: String] = [
      "ß": "ss", "ẞ": "ss", "œ": "oe", "Œ": "oe", "ı": "i", "ð": "d", "Ð": "d", "þ": "th",
      "Þ": "th", "ς": "σ", "ё": "е", "Ё": "е",
      "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ـ": "",
    ]
    let greek: [(Unicode.Scalar, String)] = [
      ("ά", "α"), ("έ", "ε"), ("ή", "η"), ("ί", "ι"), ("ό", "ο"), ("ύ", "υ"), ("ώ", "ω"),
      ("Ά", "α"), ("Έ", "ε"), ("Ή", "η"), ("Ί", "ι"), ("Ό", "ο"), ("Ύ", "υ"), ("Ώ", "ω"),
      ("ϊ", "ι"), ("ϋ", "υ"), ("ΐ", "ι"), ("ΰ", "υ"),
    ]
    for (letter, base) in greek { folded[letter] = base }
    for range in [0xc0...0x24f, 0x1e00...0x1eff] as [ClosedRange<UInt32>] {
      for scalar in range.compactMap(Unicode.Scalar.init) where folded[scalar] == nil {
        folded[scalar] = latinBase(scalar)
      }
    }
    return folded
  }()

  /// `e` for `LATIN SMALL LETTER E WITH ACUTE`: Unicode's names say what a letter is made of.
  private static func latinBase(_ scalar: Unicode.Scalar) -> String? {
    guard let name = scalar.properties.name, name.hasPrefix("LATIN "),
      let letter = name.split(separator: " ").drop(while: { $0 != "LETTER" }).dropFirst().first,
      letter.utf8.count <= 2
    else { return nil }
    return letter.lowercased()
  }
}
