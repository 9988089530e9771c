import MeshCore

/// A cell's text without what spreadsheets, mail programs and web pages add around it.
package enum CellText {
  /// The text of a cell that is kept as text.
  ///
  /// Blanks, no-break spaces and invisible characters around it are removed, and so is what spreadsheets
  /// need to keep digits as text: `="02134"` and `'02134` are 02134. So are the apostrophes with which
  /// exports keep a spreadsheet from running a formula (`CSVMark`).
  package static func plain(_ text: String) -> String {
    if isPlain(text.utf8) { return text }
    return withoutApostrophe(withoutFormula(trimmed(text)))
  }

  /// The text of a cell that is read as a value: as `plain`, with a space for each kind of blank, and
  /// without any character that nobody sees.
  package static func value(_ text: String) -> String {
    let text = plain(text)
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isBlank(scalar) {
        result.append(" ")
      } else if !isInvisible(scalar) {
        result.append(scalar)
      }
    }
    return trimmed(String(result))
  }

  /// Whether a scalar is a blank of any width, or ends a line.
  package static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x80
      ? scalar == " " || (0x09...0x0D).contains(scalar.value) : scalar.properties.isWhitespace
  }

  /// Whether a scalar shows nothing: controls, joiners, marks of direction, the byte order mark.
  package static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F: return false
    case 0x34F, 0x115F, 0x1160, 0x3164, 0xFE00...0xFE0F, 0xFFA0, 0xFFFC: return true
    default: break
    }
    return switch scalar.properties.generalCategory {
    case .control, .format: true
    default: false
    }
  }

  private static func isPlain(_ bytes: String.UTF8View) -> Bool {
    guard let first = bytes.first, let last = bytes.last else { return true }
    guard first > 0x20, last > 0x20, first < 0x7F, last < 0x7F else { return false }
    return first != UInt8(ascii: "=") && !bytes.contains(UInt8(ascii: "'"))
  }

  private static func trimmed(_ text: String) -> String {
    func isOuter(_ scalar: Unicode.Scalar) -> Bool { isBlank(scalar) || isInvisible(scalar) }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isOuter($0) }),
      let last = scalars.lastIndex(where: { !isOuter($0) })
    else { return "" }
    return String(scalars[first...last])
  }

  /// The text of a formula that is nothing but a text.
  private static func withoutFormula(_ text: String) -> String {
    guard text.hasPrefix("=\""), text.hasSuffix("\""), text.utf8.count >= 3 else { return text }
    let inner = text.dropFirst(2).dropLast()
    var result = ""
    var rest = inner
    while let quote = rest.firstIndex(of: "\"") {
      let next = rest.index(after: quote)
      // A single quote ends the text: the rest is a formula's.
      guard next < rest.endIndex, rest[next] == "\"" else { return text }
      result += rest[..<next]
      rest = rest[rest.index(after: next)...]
    }
    return trimmed(result + rest)
  }

  private static func withoutApostrophe(_ text: String) -> String {
    let text = CSVMark.unmarked(text)
    guard text.utf8.first == UInt8(ascii: "'"), let second = text.utf8.dropFirst().first,
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(second)
    else { return text }
    return String(text.dropFirst())
  }
}
