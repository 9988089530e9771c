/// Texts that are values and hardly ever headings.
enum ValueShape {
  /// Whether a text is an address, a web address, a number, a telephone number or a date.
  static func isValue(_ text: String) -> Bool {
    let text = BlankText.trimmed(text)
    guard !text.isEmpty, text.utf8.count <= 200 else { return false }
    return isAddress(text) || isWebAddress(text) || isNumber(text) || isDate(text)
  }

  /// Whether a text is a number of one or two digits, as places and questions have them.
  static func isPlace(_ text: String) -> Bool {
    let text = BlankText.trimmed(text)
    return (1...2).contains(text.utf8.count) && text.utf8.allSatisfy { 0x30...0x39 ~= $0 }
  }

  private static func isAddress(_ text: String) -> Bool {
    guard let at = text.firstIndex(of: "@"), at != text.startIndex else { return false }
    let host = text[text.index(after: at)...]
    return host.contains(".") && !host.hasPrefix(".")
  }

  private static func isWebAddress(_ text: String) -> Bool {
    let lower = text.lowercased()
    return ["http://", "https://", "www."].contains(where: lower.hasPrefix)
  }

  /// Digits and what people write between them; a year alone may be a heading.
  private static func isNumber(_ text: String) -> Bool {
    var digits = 0
    for scalar in text.unicodeScalars {
      if (0x30...0x39).contains(scalar.value) {
        digits += 1
      } else if !marks.contains(scalar) {
        return false
      }
    }
    if digits == 4, text.utf8.count == 4, text.hasPrefix("19") || text.hasPrefix("20") {
      return false
    }
    return digits > 0
  }

  private static let marks = Set("+-−.,'’/:()%$€£¥ \u{A0}\u{202F}".unicodeScalars)

  /// A day or time in which a month's name or the letters of ISO 8601 are among the digits.
  private static func isDate(_ text: String) -> Bool {
    var digits = 0
    var words: [String] = []
    var word = ""
    for scalar in text.unicodeScalars {
      if (0x30...0x39).contains(scalar.value) { digits += 1 }
      if scalar.properties.isAlphabetic {
        word.unicodeScalars.append(scalar)
        continue
      }
      if !marks.contains(scalar), !(0x30...0x39).contains(scalar.value) { return false }
      if !word.isEmpty { words.append(word) }
      word = ""
    }
    if !word.isEmpty { words.append(word) }
    guard digits >= 3, 1...2 ~= words.count else { return false }
    return words.allSatisfy { word in
      let lower = word.lowercased()
      return ["t", "z", "am", "pm", "utc", "gmt", "st", "nd", "rd", "th", "de"].contains(lower)
        || months.contains(String(lower.prefix(3)))
    }
  }

  private static let months: Set<String> = [
    "jan", "feb", "mar", "mär", "apr", "avr", "may", "mai", "mag", "maj", "jun", "jui", "giu",
    "jul", "lug", "aug", "aoû", "ago", "sep", "set", "okt", "oct", "ott", "out", "nov", "dec",
    "dez", "déc", "dic",
  ]
}
