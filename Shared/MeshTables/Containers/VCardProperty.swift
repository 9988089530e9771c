/// A line of a vCard: `item1.TEL;TYPE=work,voice:+1 212 555 0101`.
struct VCardProperty {
  /// What ties it to others: `item1`.
  let group: Substring
  /// In capitals.
  let name: String
  /// In capitals: `WORK`, `CELL`.
  let types: [String]
  /// Whether it is the first choice among those of its name.
  let isPreferred: Bool
  /// The text for an envelope that an address may have.
  let label: String
  private let value: String
  private let isOld: Bool

  /// Reads a line; nil if it is no property, or holds bytes in base 64.
  ///
  /// - Parameters:
  ///   - line: unfolded.
  ///   - isOld: whether it is of version 2.1.
  init?(_ line: ArraySlice<UInt8>, isOld: Bool) {
    guard let colon = Self.colon(in: line) else { return nil }
    let head = String(decoding: line[..<colon], as: UTF8.self)
    var parts = Self.split(head[...], at: ";")
    let full = parts.removeFirst().split(separator: ".", maxSplits: 1)
    guard let name = full.last, parts.count <= 50 else { return nil }
    self.name = name.trimmed.uppercased()
    group = full.count > 1 ? full[0] : ""
    var (types, isPreferred, isQuoted) = ([String](), false, false)
    var (label, charset) = ("", "utf-8")
    for part in parts {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = (pair.count > 1 ? pair[1] : pair[0]).filter { $0 != "\"" }
      switch pair.count > 1 ? pair[0].trimmed.uppercased() : value.uppercased() {
      case "ENCODING", "QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT":
        if ["B", "BASE64"].contains(value.uppercased()) { return nil }
        isQuoted = value.uppercased() == "QUOTED-PRINTABLE"
      case "CHARSET": charset = value
      case "LABEL": label = Self.unescaped(value[...], isOld: false)
      case "PREF": isPreferred = true
      case "TYPE": types += value.uppercased().split(separator: ",").map { String($0.trimmed) }
      default:
        // A bare word is a type of version 2.1.
        if pair.count == 1 { types.append(value.uppercased()) }
      }
    }
    self.types = types
    self.isPreferred = isPreferred || types.contains("PREF")
    self.label = label
    self.isOld = isOld
    let bytes = Array(line[(colon + 1)...])
    value = NamedEncoding(charset).text(isQuoted ? Self.unquoted(bytes) : bytes)
  }

  /// The value as one text.
  var text: String { Self.unescaped(value[...], isOld: isOld).trimmedText }

  /// The parts of a value such as a name or an address.
  var components: [String] {
    Self.split(value[...], at: ";", keepsQuotes: true).prefix(100).map {
      Self.unescaped($0, isOld: isOld).trimmedText
    }
  }

  /// The first colon that is not in quotes; the first of all where quotes are not closed.
  private static func colon(in line: ArraySlice<UInt8>) -> Int? {
    var isQuoted = false
    for (place, byte) in zip(line.indices, line) {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: ":"), !isQuoted { return place }
    }
    return line.firstIndex(of: UInt8(ascii: ":"))
  }

  /// The parts of a text between separators that have no backslash before them.
  private static func split(
    _ text: Substring,
    at separator: Unicode.Scalar,
    keepsQuotes: Bool = false
  ) -> [Substring] {
    var parts: [Substring] = []
    let scalars = text.unicodeScalars
    var (start, isEscaped, isQuoted) = (scalars.startIndex, false, false)
    for place in scalars.indices {
      if isEscaped {
        isEscaped = false
      } else if scalars[place] == "\\" {
        isEscaped = true
      } else if scalars[place] == "\"", !keepsQuotes {
        isQuoted.toggle()
      } else if scalars[place] == separator, !isQuoted {
        parts.append(Substring(scalars[start..<place]))
        start = scalars.index(after: place)
      }
    }
    return parts + [Substring(scalars[start...])]
  }

  private static func unescaped(_ text: Substring, isOld: Bool) -> String {
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return String(text) }
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars
    while let scalar = rest.popFirst() {
      guard scalar == "\\", let next = rest.first else {
        result.append(scalar)
        continue
      }
      switch next {
      case "n", "N": result.append(isOld ? "\\" : "\n")
      case ",", ":", "\\", ";": result.append(next)
      default:
        result.append(scalar)
        continue
      }
      if isOld, next == "n" || next == "N" { continue }
      rest.removeFirst()
    }
    return String(result)
  }

  /// Bytes that are written as `=C3=BC` (RFC 2045, 6.7).
  private static func unquoted(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "="), place + 2 < bytes.count,
        let high = digit(bytes[place + 1]), let low = digit(bytes[place + 2])
      {
        result.append(high << 4 | low)
        place += 3
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return result
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}

extension StringProtocol {
  /// The text without spaces and line ends around it.
  fileprivate var trimmed: SubSequence {
    let isSpace = { (character: Character) in
      character == " " || character.isNewline || character == "\t"
    }
    let start = drop(while: isSpace)
    guard let end = start.lastIndex(where: { !isSpace($0) }) else { return start.prefix(0) }
    return start[...end]
  }

  fileprivate var trimmedText: String { String(trimmed) }
}
