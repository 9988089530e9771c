import MeshCore

/// The e-mail addresses of a cell.
package struct EmailCell: Hashable, Sendable {
  /// In the form that addresses are kept in, in their order and each once.
  package let addresses: [String]
  /// The name that stands before the first: of `Ida Berg <ida@berg.example>`.
  package let name: String?
  /// Parts of the cell that are neither addresses nor their names, as they are written.
  package let rest: [String]

  private static let mostBytes = 4_096
  private static let mostAddresses = 20

  /// Reads a cell.
  ///
  /// Blanks, invisible characters, `mailto:`, angle brackets and a final point are removed. Several
  /// addresses may be separated by commas, semicolons, bars, `:::`, blanks or lines.
  package static func read(_ text: String) -> CellReading<EmailCell> {
    if text.utf8.count > mostBytes { return .unreadable("is too long to be an e-mail address") }
    let value = CellText.value(text)
    if let none = CellReading<EmailCell>.noValue(in: value) { return none }
    if isSingle(value) {
      return .value(EmailCell(addresses: [EmailAddress.formed(value)], name: nil, rest: []))
    }
    if value.unicodeScalars.contains("\u{FFFD}") {
      return .unreadable("has a character that was lost before the import")
    }
    var (addresses, rest): ([String], [String]) = ([], [])
    var name: String?
    for part in parts(of: value) {
      var found = false
      for candidate in candidates(in: part) {
        guard let address = address(candidate.text) else { continue }
        found = true
        if addresses.isEmpty { name = candidate.name }
        if !addresses.contains(address), addresses.count < mostAddresses {
          addresses.append(address)
        }
      }
      if !found, !Placeholder.isOne(value: part) { rest.append(part.cut(maxBytes: 200)) }
    }
    if addresses.isEmpty { return .unreadable("is not an e-mail address such as name@example.com") }
    return .value(EmailCell(addresses: addresses, name: name, rest: rest))
  }

  /// Whether a cell has a single address of ASCII and nothing else, as most have.
  private static func isSingle(_ value: String) -> Bool {
    let isPlain = value.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "@"), UInt8(ascii: "."),
        UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"):
        true
      default: false
      }
    }
    return isPlain && EmailAddress.isValid(value)
  }

  /// The parts between separators that stand neither in quotes nor in angle brackets.
  private static func parts(of value: String) -> [String] {
    var (parts, part): ([String], String) = ([], "")
    var (isQuoted, isInBrackets) = (false, false)
    let scalars = Array(value.unicodeScalars)
    for scalar in scalars {
      switch scalar {
      case "\"": isQuoted.toggle()
      case "<": isInBrackets = true
      case ">": isInBrackets = false
      default: break
      }
      let separates = ",;|\u{FF0C}\u{FF1B}\u{3001}".unicodeScalars.contains(scalar)
      if separates, !isQuoted, !isInBrackets {
        parts.append(part)
        part = ""
      } else {
        part.unicodeScalars.append(scalar)
      }
    }
    parts.append(part)
    // `Berg, Ida <ida@berg.example>`: a name without an address belongs to what follows.
    var whole: [String] = []
    var pending = ""
    for part in parts.flatMap(pieces(of:)).map(CellText.value) where !part.isEmpty {
      if !part.contains("@") && !part.contains("\u{FF20}") {
        pending += (pending.isEmpty ? "" : ", ") + part
      } else if part.contains("<"), !pending.isEmpty {
        whole.append("\(pending), \(part)")
        pending = ""
      } else {
        if !pending.isEmpty { whole.append(pending) }
        whole.append(part)
        pending = ""
      }
    }
    return pending.isEmpty ? whole : whole + [pending]
  }

  /// The pieces of a part between slashes, which stand between addresses or else within one.
  private static func pieces(of part: String) -> [String] {
    part.utf8.count(where: { $0 == UInt8(ascii: "@") }) > 1
      ? part.split(separator: "/").map(String.init) : [part]
  }

  private typealias Candidate = (text: String, name: String?)

  /// The texts of a part that may be addresses, with the name that stands before each.
  private static func candidates(in part: String) -> [Candidate] {
    let pieces = part.split(separator: "<", omittingEmptySubsequences: false)
    if pieces.count > 1 {
      var found: [Candidate] = []
      var others = words(of: pieces[0])
      var before = pieces[0]
      for piece in pieces.dropFirst() {
        let inner = piece.prefix { $0 != ">" }
        let name = String(before).trimming("\"' ")
        found.append((String(inner), name.isEmpty || name.contains("@") ? nil : name))
        before = piece[inner.endIndex...].dropFirst()
        others += words(of: before)
      }
      return found + others
    }
    // `Ida Berg (ida@berg.example)`, as mail programs show it.
    if part.hasSuffix(")"), let open = part.firstIndex(of: "("), part[open...].contains("@") {
      let name = String(part[..<open]).trimming("\"' ")
      if !name.isEmpty, !name.contains("@") {
        return words(of: part[open...]).map { ($0.text, name) }
      }
    }
    return words(of: part[...])
  }

  /// The words of a text that have the sign of an address.
  private static func words(of part: Substring) -> [Candidate] {
    guard part.contains("@") || part.contains("\u{FF20}") else { return [] }
    // A blank around the sign is a slip, other blanks separate.
    let joined = part.split(separator: " ").reduce(into: [String]()) { words, word in
      if let last = words.last, last.hasSuffix("@") || word.hasPrefix("@") {
        words[words.count - 1] = last + word
      } else {
        words.append(String(word))
      }
    }
    return joined.filter { $0.contains("@") || $0.contains("\u{FF20}") }.map { ($0, nil) }
  }

  private static func address(_ text: String) -> String? {
    var text = String(text.unicodeScalars.map { $0 == "\u{FF20}" ? "@" : Character($0) })
    text = text.filter { !$0.isWhitespace }.trimming(
      "\"'`<>()[]{},;:.\u{201C}\u{201D}\u{2018}\u{2019}"
    )
    for prefix in ["mailto:", "smtp:", "e-mail:", "email:", "mail:"]
    where text.lowercased().hasPrefix(prefix) {
      text = String(text.dropFirst(prefix.count))
      text = String(text.prefix { $0 != "?" })
    }
    text = EmailAddress.formed(text.trimming("\"'<>().,;:"))
    return EmailAddress.isValid(text) ? text : nil
  }
}

extension String {
  /// The text without any of some characters at its ends.
  func trimming(_ characters: String) -> String {
    guard let first = firstIndex(where: { !characters.contains($0) }),
      let last = lastIndex(where: { !characters.contains($0) })
    else { return "" }
    return String(self[first...last])
  }
}
