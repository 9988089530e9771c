/// Ids of Salesforce, which exports write in one of two forms: 15 characters whose case counts, or the same with a suffix
/// of three that says which of them are capitals.
enum SalesforceID {
  /// How the source is called whose ids have two forms.
  static let system = "salesforce"

  /// The forms of an id, the long one first; just the id itself unless it is a Salesforce id.
  static func forms(of id: String) -> [String] {
    let bytes = Array(id.utf8)
    guard bytes.count == 15 || bytes.count == 18, bytes.allSatisfy(isLetterOrDigit) else {
      return [id]
    }
    let short = Array(bytes.prefix(15))
    let forms = [short + suffix(of: short), short].map { String(decoding: $0, as: UTF8.self) }
    return forms.contains(id) ? forms : [id]
  }

  /// A character for every five of the short form, by which of them are capitals.
  private static func suffix(of short: [UInt8]) -> [UInt8] {
    stride(from: 0, to: short.count, by: 5).map { start in
      var bits = 0
      for place in 0..<5 where isCapital(short[start + place]) { bits |= 1 << place }
      return characters[bits]
    }
  }

  private static let characters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345".utf8)

  private static func isCapital(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    isCapital(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
