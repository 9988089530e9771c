import MeshCore

/// A person's name that stood in one column, in its parts.
package struct PersonName: Hashable, Sendable {
  /// Given names; also a name of one word.
  package var first = ""
  /// The family name with its particles, such as `van der Berg`.
  package var last = ""
  /// What stands before it, such as `Dr.`.
  package var title = ""
  /// What stands behind it, such as `Jr.` and `PhD`.
  package var suffix = ""
  /// A nickname or what else stood in quotes, parentheses or behind a bar.
  package var note = ""
  /// The name of a company, where that is what the cell has; then the other parts are empty.
  package var company = ""

  private static let mostBytes = 1_000

  package init(first: String = "", last: String = "", company: String = "") {
    self.first = first
    self.last = last
    self.company = company
  }

  /// Splits a name by the rules of its script.
  ///
  /// - Parameter text: of the cell.
  /// - Returns: empty for a placeholder; unreadable for an address and for what has no letters.
  package static func read(_ text: String) -> CellReading<PersonName> {
    if text.utf8.count > mostBytes { return .unreadable("is too long to be a name") }
    let value = withoutNothing(UnicodeText.composed(CellText.value(text)))
    if value.isEmpty || Placeholder.isOne(value: value, as: .person) { return .empty }
    if value.hasPrefix("#"), SpreadsheetDamage.of(value: value) == .error {
      return .unreadable(SpreadsheetDamage.error.reason)
    }
    guard value.contains(where: \.isLetter) else { return .unreadable("is not a name") }
    if value.contains("@"), EmailCell.read(value).value != nil {
      return .unreadable("is an address, not a name")
    }
    return .value(split(value))
  }

  /// A name without what programs make of a missing part: `Ida null`, `undefined undefined`.
  private static func withoutNothing(_ value: String) -> String {
    let words = value.split(separator: " ")
    guard (2...4).contains(words.count) else { return value }
    if words.allSatisfy({ Placeholder.isOne(value: String($0)) }) { return "" }
    let isLoud = value == value.uppercased()
    let kept = words.filter { word in
      !["null", "undefined", "nan"].contains(word) && (isLoud || word != "NULL")
    }
    return kept.count == words.count ? value : kept.joined(separator: " ")
  }

  private static func split(_ value: String) -> PersonName {
    var (bare, notes) = withoutNotes(value)
    if bare.isEmpty { (bare, notes) = (value, []) }
    // `Ida Berg | Berg GmbH` is a person.
    let isAlone = notes.isEmpty || !bare.contains(" ")
    if CompanyWords.isCompany(isAlone ? value : bare) { return PersonName(company: value) }
    var name = EastAsianName.read(bare) ?? western(bare)
    name.note = notes.joined(separator: ", ")
    return name
  }

  /// `Ida Berg`, or `Berg, Ida` turned round.
  private static func western(_ text: String) -> PersonName {
    var parts = text.split(whereSeparator: { ",\u{FF0C}\u{060C}".contains($0) })
      .map { words(String($0)) }.filter { !$0.isEmpty }
    guard var words = parts.first else { return PersonName(last: text) }
    var name = PersonName()
    var suffixes: [String] = []
    parts.removeFirst()
    // `Ole Lund, PhD, MBA`: what follows is no given name.
    while let part = parts.last, part.allSatisfy(NameWords.isSuffix) {
      // `Ma, Do` has no degree.
      if words.count == 1, parts.count == 1, part.allSatisfy(NameWords.isAmbiguousSuffix) { break }
      suffixes = part + suffixes
      parts.removeLast()
    }
    let isTurned = !parts.isEmpty
    var given = parts.flatMap(\.self)
    var titles = takeTitles(&words)
    titles += takeTitles(&given)
    if isTurned, given.isEmpty {
      // `Berg, Dr.`
      name.last = words.joined(separator: " ")
    } else if isTurned {
      // `Berg, Ludwig van`.
      let particles = given.reversed().prefix { NameWords.isParticle($0) && $0.isLowercase }
        .reversed()
      if given.count > particles.count {
        given.removeLast(particles.count)
        words = particles + words
      }
      suffixes = takeSuffixes(&words, leaving: 1) + suffixes
      name.first = given.joined(separator: " ")
      name.last = words.joined(separator: " ")
    } else {
      suffixes = takeSuffixes(&words, leaving: 2) + suffixes
      (name.first, name.last) = NameParts.split(words)
      // `Dr. Berg` is called Berg.
      if name.last.isEmpty, !titles.isEmpty { (name.first, name.last) = ("", name.first) }
    }
    name.title = titles.joined(separator: " ")
    name.suffix = suffixes.joined(separator: " ")
    return name
  }

  /// Words with something to read in them.
  private static func words(_ text: String) -> [String] {
    text.split(separator: " ").map(String.init).filter { word in
      word.contains { $0.isLetter || $0.isNumber || $0 == "&" }
    }
  }

  /// Titles at the beginning, at least one word left that is none.
  private static func takeTitles(_ words: inout [String]) -> [String] {
    var titles: [String] = []
    while words.count > 1, let word = words.first,
      NameWords.isTitle(word) || !titles.isEmpty && NameWords.isTitlePart(word)
    {
      titles.append(words.removeFirst())
    }
    if words.count == 1, NameWords.isTitle(words[0]), words[0].hasSuffix(".") {
      titles.append(words.removeFirst())
    }
    return titles
  }

  private static func takeSuffixes(_ words: inout [String], leaving least: Int) -> [String] {
    var suffixes: [String] = []
    while words.count > least, let word = words.last, NameWords.isSuffix(word),
      !NameWords.isAmbiguousSuffix(word)
    {
      suffixes.insert(words.removeLast(), at: 0)
    }
    return suffixes
  }

  /// A name without what stands in quotes or parentheses, or behind a bar or dash.
  private static func withoutNotes(_ text: String) -> (bare: String, notes: [String]) {
    let isPlain = text.utf8.allSatisfy { $0 < 0x80 && !#"([|"-/@"#.utf8.contains($0) }
    if isPlain { return (text, []) }
    var (bare, note): (String, String) = ("", "")
    var notes: [String] = []
    var end: Character?
    let ends: [Character: Character] = [
      "(": ")", "[": "]", "\"": "\"", "\u{201C}": "\u{201D}", "\u{201E}": "\u{201C}", "«": "»",
      "（": "）",
    ]
    for character in text {
      if let close = end {
        if character == close {
          notes.append(note.trimming(" "))
          (end, note) = (nil, "")
          bare.append(" ")
        } else {
          note.append(character)
        }
      } else if let close = ends[character] {
        end = close
      } else {
        bare.append(character)
      }
    }
    if end != nil { bare += " " + note }
    for mark in [" | ", " - ", " \u{2013} ", " \u{2014} ", " / ", " @ "] {
      guard let range = bare.firstRange(of: mark) else { continue }
      notes.append(bare[range.upperBound...].trimming(" "))
      bare = String(bare[..<range.lowerBound])
    }
    return (CellText.value(bare), notes.filter { !$0.isEmpty })
  }
}

extension Substring {
  fileprivate func trimming(_ characters: String) -> String { String(self).trimming(characters) }
}

extension String {
  /// Whether its first letter is a small one.
  fileprivate var isLowercase: Bool { first(where: \.isLetter)?.isLowercase == true }
}
