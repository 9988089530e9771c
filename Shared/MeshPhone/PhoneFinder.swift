/// Finds the numbers in what people write about how to call somebody.
enum PhoneFinder {
  /// A text as a single number, with the notes around it.
  ///
  /// - Returns: nil when it is no number at all.
  static func number(_ text: String, _ place: PhonePlace) -> (
    number: PhoneCell.Number, notes: [String]
  )? {
    if let read = valid(text, place) {
      return (PhoneCell.Number(text: read.canonical, isValid: true, read: read), [])
    }
    let (bare, notes) = withoutNotes(text)
    if bare != text, !bare.isEmpty, let read = valid(bare, place) {
      return (PhoneCell.Number(text: read.canonical, isValid: true, read: read), notes)
    }
    let read = PhoneNumber.parse(text, region: place.region)
    return read.map { (PhoneCell.Number(text: text, isValid: false, read: $0), []) }
  }

  /// A number that can exist, read in the ways that its writing allows; the likeliest first.
  private static func valid(_ text: String, _ place: PhonePlace) -> PhoneParse? {
    let text = withoutZeroDecimal(text)
    if let read = PhoneNumber.parse(text, region: place.region), read.isValid { return read }
    let digits = text.filter { !$0.isWhitespace && !"-./()".contains($0) }
    if digits.hasPrefix("00"), !digits.hasPrefix("000") {
      return international("+" + digits.dropFirst(2))
    }
    if let code = place.dialCode, !digits.hasPrefix("+") {
      let national = digits.drop { $0 == "0" }
      if let read = international("+\(code)\(national)") { return read }
    }
    // A spreadsheet takes the plus off: 4915112345678.
    let isBare = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return isBare && text.utf8.count >= 11 ? international("+" + text) : nil
  }

  private static func international(_ text: String) -> PhoneParse? {
    PhoneNumber.parse(text, region: "ZZ").flatMap { $0.isValid ? $0 : nil }
  }

  /// `2125550102` for `2125550102.0`.
  private static func withoutZeroDecimal(_ text: String) -> String {
    guard text.hasSuffix(".0"), text.utf8.count >= 8 else { return text }
    let digits = text.dropLast(2)
    let unsigned = digits.hasPrefix("+") ? digits.dropFirst() : digits
    return unsigned.utf8.allSatisfy { (0x30...0x39).contains($0) } ? String(digits) : text
  }

  /// Whether a text has as many digits as the shortest numbers.
  static func hasNumber(_ text: String) -> Bool { text.lazy.filter(\.isWholeNumber).count >= 5 }

  /// The pieces of a cell that may each be a number or a note.
  ///
  /// Semicolons, bars, `:::` and lines always separate; commas, slashes, "or" and a blank before a plus do
  /// where each side has as many digits as a number. Nothing is cut within parentheses.
  static func parts(of text: String) -> [String] {
    var parts: [String] = []
    for part in split(text, at: ";|\n\r\u{FF1B}", words: [" ::: "]) {
      let pieces = split(
        part,
        at: ",/\t\u{FF0C}\u{FF0F}\u{3001}",
        words: [
          " or ", " oder ", " ou ", " o ", " lub ", " of ", " and ", " und ", " et ", " y ", " e ",
          " i ", " en ",
          " bzw. ", " & ",
        ]
      )
      let numbers = pieces.filter(hasNumber).count
      parts +=
        numbers >= 2 || numbers == 1 && pieces.dropFirst().allSatisfy(isNote) ? pieces : [part]
    }
    return parts
  }

  private static func isNote(_ text: String) -> Bool { text.contains(where: \.isLetter) }

  private static func split(_ text: String, at marks: String, words: [String]) -> [String] {
    var (parts, part): ([String], String) = ([], "")
    var depth = 0
    var rest = text[...]
    while let character = rest.first {
      if character == "(" { depth += 1 }
      if character == ")" { depth = max(0, depth - 1) }
      let word = depth == 0 && character == " " ? words.first { rest.hasPrefix($0) } : nil
      if let word {
        rest = rest.dropFirst(word.count)
      } else {
        rest.removeFirst()
      }
      // `+49 30 901820 +49 171 1234567`.
      let beginsNext =
        depth == 0 && character == " " && rest.first == "+" && marks.contains("/")
        && hasNumber(part)
      // An extension: `;ext=7`.
      let isExtension = character == ";" && rest.hasPrefix("ext=")
      // Two characters that end a line are one here.
      let isMark =
        marks.contains(character) || character.isNewline && marks.contains("\n" as Character)
      if word != nil || beginsNext || depth == 0 && isMark && !isExtension {
        parts.append(part)
        part = ""
      } else {
        part.append(character)
      }
    }
    return (parts + [part]).map(trimmed).filter { !$0.isEmpty }
  }

  private static func trimmed(_ text: String) -> String {
    guard let first = text.firstIndex(where: { !$0.isWhitespace }),
      let last = text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(text[first...last])
  }

  /// A number without labels before it, and without notes in parentheses or words behind it.
  private static func withoutNotes(_ text: String) -> (bare: String, notes: [String]) {
    var notes: [String] = []
    var bare = ""
    var rest = text[...]
    // Parentheses with letters are notes, those with digits belong to the number.
    while let open = rest.firstIndex(where: { $0 == "(" || $0 == "[" }),
      let close = rest[open...].firstIndex(where: { $0 == ")" || $0 == "]" })
    {
      let inner = rest[rest.index(after: open)..<close]
      let isNote =
        inner.contains(where: \.isLetter) && !hasNumber(String(inner)) && !isExtension(inner)
      bare += isNote ? rest[..<open] : rest[...close]
      if isNote { notes.append(trimmed(String(inner))) }
      rest = rest[rest.index(after: close)...]
    }
    bare += rest
    guard let start = bare.firstIndex(where: { $0.isWholeNumber || $0 == "+" || $0 == "(" }) else {
      return (trimmed(bare), notes)
    }
    let label = trimmed(String(bare[..<start]).filter { $0 != ":" })
    if !label.isEmpty, label.contains(where: \.isLetter) { notes.append(label) }
    bare = String(bare[start...])
    // What follows the last digit, unless the number is written in letters.
    if let last = bare.lastIndex(where: { $0.isWholeNumber || $0 == ")" }) {
      let tail = bare[bare.index(after: last)...]
      if tail.contains(where: \.isLetter) {
        notes.append(trimmed(String(tail.drop { !$0.isLetter })))
        bare = String(bare[...last])
      }
    }
    return (trimmed(bare), notes)
  }

  /// Whether a text in parentheses is an extension: `ext. 77`, `Durchwahl 12`.
  private static func isExtension(_ text: Substring) -> Bool {
    let words = text.lowercased().split { !$0.isLetter && !$0.isWholeNumber }
    guard let first = words.first, words.last?.last?.isWholeNumber == true, words.count <= 2 else {
      return false
    }
    let word = first.prefix(while: \.isLetter)
    return [
      "x", "ext", "extension", "extn", "durchwahl", "dw", "nebenstelle", "nst", "klappe", "kl",
      "poste", "ramal", "int", "interno", "app", "toestel", "wew",
    ].contains(word)
  }
}
