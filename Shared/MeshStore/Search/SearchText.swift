import MeshCore

/// The words of a document, or of a question, as the text index compares them.
///
/// Words are runs of letters and digits of the folded text; an e-mail address gives the words it is made of.
/// What an apostrophe or a hyphen joins is found as a whole and by each part (`O'Brien` by `obrien` and
/// `brien`), a word before `+`, `#` or `%` with the signs and without them (`C++`), and characters that are
/// written without spaces are a word each.
package struct SearchText: Sendable {
  /// What is kept of a document: enough for any record, and a bound for long texts.
  static let mostWords = 1000
  private static let shortestNumberPart = 4

  private(set) var words: [String] = []
  /// Whether something of the texts is in none of the words, as they are too long or too many.
  private(set) var isCut = false
  private var known: Set<String> = []

  package init() {}

  /// Adds the words of `text`.
  package mutating func add(_ text: String) {
    for term in SearchTerm.terms(of: text) {
      if term.isCut { isCut = true }
      for word in term.findable { insert(word) }
    }
  }

  /// Adds a telephone number so that it is found by any of its last digits, from four on, and by the
  /// words beside them, such as an extension's.
  package mutating func addPhone(_ number: String) {
    if number.contains(where: \.isLetter) { add(number) }
    let digits = number.filter { "0123456789".contains($0) }
    if digits.isEmpty { return }
    for start in 0...max(0, digits.count - Self.shortestNumberPart) {
      insert(String(digits.dropFirst(start)))
    }
  }

  private mutating func insert(_ word: String) {
    // A query of so many digits is looked for without the zeros that it begins with; it may be the beginning of a word.
    let digits = word.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    if word.utf8.first == UInt8(ascii: "0"), digits.count >= SearchQuery.fewestPhoneDigits {
      insert(String(word.drop { $0 == "0" }))
    }
    guard !word.isEmpty, known.insert(word).inserted else { return }
    if words.count < Self.mostWords { words.append(word) } else { isCut = true }
  }
}

/// What someone looks for: every word must be there, the last one at least in its beginning.
struct SearchQuery: Sendable {
  struct Word: Hashable, Sendable {
    let text: String
    /// Whether a word that begins so is enough.
    let isPrefix: Bool
  }

  /// More words narrow nothing down; the rest is left out.
  static let mostWords = 16
  /// From so many digits on, groups of digits are one telephone number.
  static let fewestPhoneDigits = 7

  let words: [Word]

  /// A word that no document has: what is looked for when a text has nothing that could be found.
  private static let nothing = Word(text: "\u{E000}", isPrefix: false)

  init(_ text: String) {
    var texts: [String] = []
    var signs: [String] = []
    func add(_ part: some StringProtocol) {
      let terms = SearchTerm.terms(of: String(part))
      texts += terms.flatMap(\.required)
      signs += terms.flatMap(\.requiredSigns)
    }
    var number: [Substring] = []
    func endNumber() {
      let digits = number.joined().filter { "0123456789".contains($0) }
      if digits.count >= Self.fewestPhoneDigits {
        // Neither the zeros of a trunk nor of an international call are in the number itself.
        texts.append(String(digits.drop { $0 == "0" }))
      } else {
        for part in number { add(part) }
      }
      number = []
    }
    for part in text.split(whereSeparator: \.isWhitespace) {
      if part.allSatisfy({ "0123456789+-()./".contains($0) }) {
        number.append(part)
      } else if !number.isEmpty, part.first?.lowercased() == "x",
        part.dropFirst().allSatisfy({ "0123456789".contains($0) })
      {
        // An extension.
        endNumber()
        add(part.dropFirst())
      } else {
        endNumber()
        add(part)
      }
    }
    endNumber()
    texts = texts.prefix(Self.mostWords).filter { !$0.isEmpty }
    let found = texts.enumerated().map { index, text in
      let isNumber = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      return Word(text: text, isPrefix: isNumber || index == texts.count - 1)
    }
    // Signs beside words do not have to be there, unless the words are single letters, which say little.
    let saysLittle = texts.allSatisfy { $0.utf8.count == 1 }
    let required = saysLittle ? signs.map { Word(text: $0, isPrefix: false) } : []
    let isBlank = text.allSatisfy(\.isWhitespace)
    words =
      found.isEmpty && required.isEmpty && !isBlank
      ? [Self.nothing] : Array((required + found).prefix(Self.mostWords))
  }
}
