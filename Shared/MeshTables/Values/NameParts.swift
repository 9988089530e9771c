/// Where a name of several words, without titles and suffixes, is cut.
enum NameParts {
  /// - Parameter words: of the name, at least one.
  /// - Returns: given names and family name; a single word is a given name.
  static func split(_ words: [String]) -> (first: String, last: String) {
    guard words.count > 1 else { return (words.first ?? "", "") }
    let cut = byCapitals(words) ?? (vietnamese(words) ? nil : byParticles(words))
    if let cut {
      let parts = (
        words[..<cut.place].joined(separator: " "), words[cut.place...].joined(separator: " ")
      )
      return cut.isFamilyFirst ? (parts.1, parts.0) : parts
    }
    if words.count == 3, NameWords.isPatronymic(words[2]), !NameWords.isPatronymic(words[1]) {
      // `Петров Иван Иванович`.
      return (words.dropFirst().joined(separator: " "), words[0])
    }
    if vietnamese(words) {
      return (words.dropFirst().joined(separator: " "), words[0])
    }
    // `María García López` has two family names.
    let hasTwo = words.count > 2 && NameWords.isSpanishFamily(words[words.count - 2])
    let place = words.count - (hasTwo ? 2 : 1)
    return (words[..<place].joined(separator: " "), words[place])
  }

  private typealias Cut = (place: Int, isFamilyFirst: Bool)

  /// `BERG Ida` and `Ida BERG`: a family name in capitals, as in France.
  private static func byCapitals(_ words: [String]) -> Cut? {
    let isCapital = words.map(isInCapitals)
    guard isCapital.contains(true), isCapital.contains(false) else { return nil }
    let front = isCapital.prefix { $0 }.count
    let back = isCapital.reversed().prefix { $0 }.count
    guard front + back == isCapital.filter(\.self).count, front == 0 || back == 0 else {
      return nil
    }
    // Two capitals before a name are initials: AJ Smith.
    if front > 0 { return words[0].count > 2 ? (front, true) : nil }
    var place = words.count - back
    while place > 1, NameWords.isParticle(words[place - 1]) { place -= 1 }
    return (place, false)
  }

  private static func isInCapitals(_ word: String) -> Bool {
    let letters = word.filter(\.isLetter)
    return letters.count >= 2 && letters.allSatisfy(\.isUppercase) && !word.contains(".")
  }

  /// From the first particle on, which is not the first word unless it is small: `Ludwig van Beethoven`.
  private static func byParticles(_ words: [String]) -> Cut? {
    if words.count == 2, NameWords.beginsFamily(words[0]) { return (0, false) }
    if words[0].first?.isLowercase == true, NameWords.isParticle(words[0]) { return (0, false) }
    if let and = words.dropFirst(2).dropLast().firstIndex(where: { ["y", "e", "i"].contains($0) }) {
      // `Ortega y Gasset`.
      var place = and - 1
      while place > 1, NameWords.isParticle(words[place - 1]) { place -= 1 }
      return (place, false)
    }
    guard let place = words.dropFirst().dropLast().firstIndex(where: NameWords.isParticle) else {
      return nil
    }
    return (place, false)
  }

  /// A Vietnamese name, whose family name is first: one that is written with that language's letters.
  private static func vietnamese(_ words: [String]) -> Bool {
    let letters = words.joined().lowercased().unicodeScalars
    let isMarked = letters.contains { scalar in
      (0x1EA0...0x1EF9).contains(scalar.value) || "ăđơư".unicodeScalars.contains(scalar)
    }
    return isMarked && NameWords.isVietnameseFamily(words[0])
  }
}
