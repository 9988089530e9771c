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

  /// The two letters that people write for `scalar` where a keyboard lacks it; nil for other letters.
  package static func spelt(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "ä": "ae"
    case "ö", "ø": "oe"
    case "ü": "ue"
    default: nil
    }
  }

  /// A word of folded letters with one letter for each `ae`, `oe` and `ue` that may stand for a letter with
  /// a mark: not behind a vowel or a `q`, as in `Bauer` or `Quelle`.
  package static func shortened(_ word: String) -> String {
    guard word.contains("ae") || word.contains("oe") || word.contains("ue") else { return word }
    var result = String.UnicodeScalarView()
    var before: Unicode.Scalar = " "
    var isPair = false
    for scalar in word.unicodeScalars {
      if isPair, scalar == "e" {
        isPair = false
      } else {
        result.append(scalar)
        isPair = "aou".unicodeScalars.contains(scalar) && !"aeiouq".unicodeScalars.contains(before)
      }
      before = scalar
    }
    return String(result)
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
