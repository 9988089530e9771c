/// How well the letters of a word follow each other, where an encoding could have put another letter.
enum WordShape {
  /// A word of one script, of small letters after capital ones, of vowels between consonants has the most.
  static func score(_ text: [Unicode.Scalar]) -> Double {
    var sum = 0.0
    var (latin, other) = (false, false)
    let isSmall = text.contains { ("a"..."z").contains($0) }
    for (index, scalar) in text.enumerated() {
      let before = index > 0 ? text[index - 1] : nil
      let after = index + 1 < text.count ? text[index + 1] : nil
      guard scalar.properties.isAlphabetic else {
        if !scalar.isASCII { sum += symbol(scalar, text, index) }
        continue
      }
      if scalar.value < 0x250 { latin = true } else { other = true }
      if scalar.isASCII { continue }
      // A capital letter within a word of small ones, and signs that no name has.
      if isSmall, let before, before.properties.isAlphabetic, scalar.properties.isUppercase {
        sum -= 2
      }
      if [before, after].contains(where: { $0.map(signs.contains) ?? false }) { sum -= 3 }
      if let before, before.properties.isLowercase, scalar.properties.isUppercase { sum -= 4 }
      if let after, scalar.properties.isLowercase, after.properties.isUppercase { sum -= 2 }
      if scalar.value < 0x250 { sum += letter(lower(scalar), before.map(lower), after.map(lower)) }
    }
    return latin && other ? sum - 7 : sum
  }

  private static let signs = Set("^`\\{}".unicodeScalars)

  private static func letter(
    _ letter: Unicode.Scalar,
    _ before: Unicode.Scalar?,
    _ after: Unicode.Scalar?
  ) -> Double {
    var sum = 0.0
    var same = 0
    for case let neighbour? in [before, after] where neighbour.properties.isAlphabetic {
      let isSame = isVowel(neighbour) == isVowel(letter)
      if isSame { same += 1 }
      sum += isSame ? -0.7 : 0.3
    }
    if same == 2 { sum -= 0.8 }
    return sum + fits(letter, before, after)
  }

  /// What stands for a letter in another encoding.
  private static func symbol(
    _ scalar: Unicode.Scalar,
    _ text: [Unicode.Scalar],
    _ index: Int
  ) -> Double {
    let isAfterLetter = index > 0 && text[index - 1].properties.isAlphabetic
    let isBeforeLetter = index + 1 < text.count && text[index + 1].properties.isAlphabetic
    switch scalar {
    case "’":
      if !isAfterLetter || !isBeforeLetter { return 0 }
      return isApostrophe(text, index) ? 1 : -4
    case "“", "‘": return isAfterLetter ? -7 : 0
    case "”", "…": return isBeforeLetter ? -4 : 0
    default: return isAfterLetter && isBeforeLetter ? -4 : isAfterLetter || isBeforeLetter ? -2 : 0
    }
  }

  /// Whether an apostrophe stands where it does in names: O’Brien, L’Oréal, Miller’s.
  private static func isApostrophe(_ text: [Unicode.Scalar], _ index: Int) -> Bool {
    let before = text[..<index].reversed().prefix { $0.properties.isAlphabetic }.count
    let after = String(
      String.UnicodeScalarView(text[(index + 1)...].prefix { $0.properties.isAlphabetic })
    )
    return before <= 2 || ["s", "t", "d", "m", "re", "ll", "ve", "S", "T"].contains(after)
  }

  private static let vowels = Set("aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿœąęěőűůă".unicodeScalars)

  private static func isVowel(_ scalar: Unicode.Scalar) -> Bool { vowels.contains(scalar) }

  /// Letters that one encoding has where another has a letter of the same kind, beside their neighbours.
  private static func fits(
    _ letter: Unicode.Scalar,
    _ before: Unicode.Scalar?,
    _ after: Unicode.Scalar?
  ) -> Double {
    let isBeforeVowel = after.map(isVowel) ?? false
    switch letter {
    case "ñ": return isBeforeVowel ? 1.5 : -1.5
    case "ń": return isBeforeVowel ? -2 : 1
    case "ã": return after == "o" || after == "e" ? 1.5 : -0.5
    case "õ": return after == "e" ? 1.5 : 0
    case "ă": return after == "o" ? -3 : 0.5
    case "æ": return after?.properties.isAlphabetic ?? false ? 0 : -2.5
    case "þ": return before.map { $0.properties.isAlphabetic && !isVowel($0) } ?? false ? -2.5 : 0
    case "û": return after == "t" || after == "c" ? 0.5 : -0.5
    case "ě": return before.map { Self.softened.contains($0) } ?? false ? 0.5 : -4
    case "ď", "ť", "ň":
      if after == "i" || after == "e" { return -4 }
      return isBeforeVowel || after == nil || after == "k" ? 0 : -1.5
    case "ê": return 0.7
    case "ì": return after?.properties.isAlphabetic ?? false ? -1 : 1
    default: return 0
    }
  }

  /// The letters before which Czech writes ě.
  private static let softened = Set("bpvmfdtn".unicodeScalars)

  static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII {
      let isCapital = (0x41...0x5A).contains(scalar.value)
      return isCapital ? Unicode.Scalar(scalar.value + 32) ?? scalar : scalar
    }
    let mapped = scalar.properties.lowercaseMapping.unicodeScalars
    return mapped.count == 1 ? mapped.first ?? scalar : scalar
  }
}
