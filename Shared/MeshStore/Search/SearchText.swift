/// The words of a document, or of a question, as the text index compares them.
///
/// Words are runs of letters and digits; an e-mail address gives the words it is made of. An
/// apostrophe joins (`O'Brien` is `obrien`), and characters that are written without spaces are a
/// word each.
package struct SearchText: Sendable {
  /// What is kept of a document: enough for any record, and a bound for long texts.
  static let mostWords = 1000
  private static let longestWord = 64
  private static let shortestNumberPart = 4

  private(set) var words: [String] = []
  private var known: Set<String> = []

  package init() {}

  /// Adds the words of `text`.
  package mutating func add(_ text: String) {
    for word in Self.words(of: text) { insert(word) }
  }

  /// Adds a telephone number so that it is found by any of its last digits, from four on.
  package mutating func addPhone(_ number: String) {
    let digits = number.filter { "0123456789".contains($0) }
    if digits.isEmpty { return }
    for start in 0...max(0, digits.count - Self.shortestNumberPart) {
      insert(String(digits.dropFirst(start)))
    }
  }

  private mutating func insert(_ word: String) {
    guard words.count < Self.mostWords, known.insert(word).inserted else { return }
    words.append(word)
  }

  /// The folded words of `text`, in order, with repetitions.
  static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    func end() {
      if !word.isEmpty { words.append(word) }
      word = ""
    }
    for scalar in text.unicodeScalars {
      if TextFolding.standsAlone(scalar) {
        end()
        words.append(String(scalar))
      } else if let folded = fold(scalar) {
        if word.utf8.count < longestWord { word += folded }
      } else if scalar != "'" && scalar != "\u{2019}" {
        end()
      }
    }
    end()
    return words
  }

  private static func fold(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "a"..."z", "0"..."9": String(scalar)
    case "A"..."Z": String(Unicode.Scalar(UInt8(scalar.value | 0x20)))
    case _ where scalar.isASCII: nil
    default: TextFolding.fold(scalar)
    }
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
  private static let fewestPhoneDigits = 7

  let words: [Word]

  init(_ text: String) {
    var texts: [String] = []
    var number: [Substring] = []
    func endNumber() {
      let digits = number.joined().filter { "0123456789".contains($0) }
      if digits.count >= Self.fewestPhoneDigits {
        // Neither the zeros of a trunk nor of an international call are in the number itself.
        texts.append(String(digits.drop { $0 == "0" }))
      } else {
        texts += number.flatMap { SearchText.words(of: String($0)) }
      }
      number = []
    }
    for part in text.split(whereSeparator: \.isWhitespace) {
      if part.allSatisfy({ "0123456789+-()./".contains($0) }) {
        number.append(part)
      } else {
        endNumber()
        texts += SearchText.words(of: String(part))
      }
    }
    endNumber()
    texts = texts.prefix(Self.mostWords).filter { !$0.isEmpty }
    words = texts.enumerated().map { index, text in
      let isNumber = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      return Word(text: text, isPrefix: isNumber || index == texts.count - 1)
    }
  }
}
