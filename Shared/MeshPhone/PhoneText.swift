/// A telephone number as it was written, prepared for libphonenumber.
struct PhoneText {
  /// Words for an extension that libphonenumber does not know: German, Austrian, French, Portuguese, Italian,
  /// Dutch, Polish.
  private static let extensionWords: Set = [
    "durchwahl", "dw", "nebenstelle", "nst", "klappe", "kl", "poste", "ramal", "interno", "toestel",
    "tst", "wew", "wewn", "wewnętrzny",
  ]
  /// No text that is longer is a number.
  private static let mostBytes = 250

  /// The text with its extension, if it has one, in a form that libphonenumber knows.
  let plain: String

  init(_ text: String) {
    plain = text.utf8.count > Self.mostBytes ? text : Self.markingExtension(of: text) ?? text
  }

  /// The number up to its first letter; nil when it has no letters.
  var beforeLetters: String? {
    guard plain.utf8.count <= Self.mostBytes,
      let start = plain.firstIndex(where: { $0 == "+" || $0.isWholeNumber }),
      let end = plain[start...].firstIndex(where: \.isLetter)
    else { return nil }
    return String(plain[start..<end])
  }

  /// The text with `;ext=` for a word of `extensionWords`; nil when none is before the last digits.
  private static func markingExtension(of text: String) -> String? {
    var rest = text[...]
    while let last = rest.last, last.isWhitespace || last == ")" { rest.removeLast() }
    let digits = rest.suffix(while: { $0.isASCII && $0.isWholeNumber })
    rest.removeLast(digits.count)
    while let last = rest.last, last.isWhitespace || ".:-".contains(last) { rest.removeLast() }
    let word = rest.suffix(while: \.isLetter)
    guard !digits.isEmpty, extensionWords.contains(word.lowercased()) else { return nil }
    rest.removeLast(word.count)
    while let last = rest.last, last.isWhitespace || "(,;".contains(last) { rest.removeLast() }
    return "\(rest);ext=\(digits)"
  }
}

extension Substring {
  /// The longest end whose characters all meet a condition.
  fileprivate func suffix(while isPart: (Character) -> Bool) -> Substring {
    guard let last = lastIndex(where: { !isPart($0) }) else { return self }
    return self[index(after: last)...]
  }
}
