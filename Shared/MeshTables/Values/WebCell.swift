import MeshCore

/// The web addresses of a cell.
package struct WebCell: Hashable, Sendable {
  /// The first that a browser can be sent to.
  package let address: String
  /// Others, in their order.
  package let others: [String]
  /// Parts of the cell that are none.
  package let rest: [String]

  private static let mostBytes = 8_192
  private static let mostParts = 20

  /// Reads a cell; `http:/berg.example` gets its second slash.
  package static func read(_ text: String) -> CellReading<WebCell> {
    if text.utf8.count > mostBytes { return .unreadable("is too long to be a web address") }
    let value = CellText.value(text)
    if let none = CellReading<WebCell>.noValue(in: value) { return none }
    if value.utf8.allSatisfy(isPlain), let address = address(value) {
      return .value(WebCell(address: address, others: [], rest: []))
    }
    if value.unicodeScalars.contains("\u{FFFD}") {
      return .unreadable("has a character that was lost before the import")
    }
    var (addresses, rest): ([String], [String]) = ([], [])
    let parts = value.split(maxSplits: mostParts, whereSeparator: { " ;|\u{3001}".contains($0) })
    for part in parts.flatMap(pieces(of:)) {
      let text = String(part).trimming("<>\",.")
      guard let address = address(text) else {
        if text.contains(where: { $0.isLetter || $0.isNumber }) { rest.append(String(part)) }
        continue
      }
      if !addresses.contains(address) { addresses.append(address) }
    }
    guard let first = addresses.first else {
      return .unreadable("is not a web address such as https://example.com")
    }
    return .value(WebCell(address: first, others: Array(addresses.dropFirst()), rest: rest))
  }

  /// The pieces of a part between commas, unless these stand within an address.
  private static func pieces(of part: Substring) -> [Substring] {
    guard part.contains(",") else { return [part] }
    let text = part.lowercased()
    let hasSecond = text.contains(",http") || text.contains(",www.")
    if !hasSecond, address(String(part).trimming("<>\",.")) != nil { return [part] }
    return part.split(separator: ",", maxSplits: mostParts)
  }

  /// Whether a byte neither separates addresses nor stands around one.
  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x21..<0x7F).contains(byte) && !#"<>",;|"#.utf8.contains(byte)
  }

  private static func address(_ text: String) -> String? {
    var text = text
    let isWhole = text.hasPrefix("https://") || text.hasPrefix("http://")
    for scheme in ["http", "https"] where !isWhole {
      guard text.count > scheme.count + 2, text.lowercased().hasPrefix("\(scheme):") else {
        continue
      }
      let rest = text.dropFirst(scheme.count + 1).drop { $0 == "/" || $0 == "\\" }
      text = "\(text.prefix(scheme.count)):" + "//" + rest
    }
    guard WebAddress.isValid(text), !text.contains("@") || text.contains("/") else { return nil }
    return isHost(host(of: text)) ? text : nil
  }

  private static func host(of text: String) -> String {
    var rest = text[...]
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    rest = rest.prefix { !"/?#".contains($0) }
    if let user = rest.lastIndex(of: "@") { rest = rest[rest.index(after: user)...] }
    return String(rest.prefix { $0 != ":" })
  }

  private static func isLabel(_ label: Substring) -> Bool {
    (1...63).contains(label.utf8.count)
      && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
  }

  /// Whether a name has a dot and a top level in which nobody writes numbers.
  private static func isHost(_ host: String) -> Bool {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, labels.allSatisfy(isLabel),
      let top = labels.last
    else { return false }
    let isAddress = labels.count == 4 && labels.allSatisfy { UInt8($0) != nil }
    return isAddress
      || top.count >= 2 && top.allSatisfy { $0.isLetter || $0 == "-" || $0.isNumber }
        && top.contains(where: \.isLetter)
  }
}
