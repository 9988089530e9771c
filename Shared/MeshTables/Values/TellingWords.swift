import MeshCore

/// The words of a name by which it is told from others: names that share only `van` or `GmbH` are two.
package enum TellingWords {
  /// The words of a person's name without titles and particles, in the form of `LooseText`.
  package static func ofPerson(_ name: String) -> Set<String> {
    telling(words(name)) { word in
      // A letter alone is an initial, unless it is a whole name as in Chinese.
      word.utf8.count < 3 && word.count == 1 || NameWords.isParticle(word)
        || NameWords.isTitle(word)
    }
  }

  /// The words of what a company, a deal or a task is called, without legal forms and connectors.
  package static func ofThing(_ name: String) -> Set<String> {
    telling(words(name)) { word in
      word.utf8.count == 1 && word.first?.isLetter == true || CompanyWords.isLegalForm(word)
        || connectors.contains(word)
    }
  }

  /// Whether two names of things have more in common than not.
  package static func agree(_ one: Set<String>, _ other: Set<String>) -> Bool {
    2 * one.intersection(other).count > min(one.count, other.count)
  }

  private static func words(_ name: String) -> [String] {
    LooseText.form(of: name.cut(maxBytes: 2_000)).split { !$0.isLetter && !$0.isNumber }
      .map(String.init)
  }

  /// All of the words where none of them tells anything.
  private static func telling(_ words: [String], without isIdle: (String) -> Bool) -> Set<String> {
    let telling = words.filter { !isIdle($0) }
    return Set(telling.isEmpty ? words : telling)
  }

  private static let connectors: Set = [
    "the", "and", "of", "for", "und", "der", "die", "das", "von", "et", "de", "du", "des", "la",
    "le", "les", "el", "los", "y", "e", "da", "do", "di", "van", "het", "i",
  ]
}
