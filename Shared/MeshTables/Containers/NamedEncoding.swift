import CICU

/// An encoding that a file names itself: a web page in its head, a contact with each value.
struct NamedEncoding: Equatable, Sendable {
  /// What each name begins with, in lower case without spaces and marks, and ICU's name for it.
  private static let known: [(prefix: String, name: String)] = [
    ("latin1", "windows-1252"), ("usascii", "windows-1252"), ("ascii", "windows-1252"),
    ("ansi", "windows-1252"), ("shiftjis", "windows-932"), ("sjis", "windows-932"),
    ("xsjis", "windows-932"), ("eucjp", "euc-jp"), ("iso2022jp", "iso-2022-jp"),
    ("gb", "gb18030"), ("big5", "big5-hkscs"), ("euckr", "windows-949"), ("ksc", "windows-949"),
    ("koi8r", "koi8-r"), ("koi8u", "koi8-u"), ("macintosh", "macintosh"), ("macroman", "macintosh"),
  ]
  private static let pages = [874, 932, 936, 949, 950] + Array(1250...1258)
  private static let parts = Array(2...8) + [10, 11, 13, 14, 15]

  /// Of Western Europe: what is not UTF-8, and has no name, most often is.
  static let western = NamedEncoding(icu: "windows-1252")

  /// ICU's name; nil for UTF-8.
  private let icu: String?

  private init(icu: String?) { self.icu = icu }

  /// - Parameter name: as a file has it, in any case; what is not known is read as UTF-8.
  init(_ name: String) {
    let allowed = name.lowercased().utf8.prefix(40).filter { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
    let plain = String(decoding: allowed, as: UTF8.self)
    if let page = Self.pages.first(where: { plain == "windows\($0)" || plain == "cp\($0)" }) {
      icu = "windows-\(page)"
    } else if plain.hasPrefix("iso8859") {
      let part = Self.parts.first { plain == "iso8859\($0)" }
      // What says that it is part 1 or 9 is most often Microsoft's, which has more characters.
      icu = part.map { "iso-8859-\($0)" } ?? (plain == "iso88599" ? "windows-1254" : "windows-1252")
    } else {
      icu = Self.known.first { plain.hasPrefix($0.prefix) }?.name
    }
  }

  /// The bytes in UTF-8 that bytes in this encoding are.
  func bytes(_ bytes: [UInt8]) -> [UInt8] {
    bytes.allSatisfy { $0 < 0x80 && $0 != 0x1B } ? bytes : Array(text(bytes).utf8)
  }

  /// The text that bytes are in this encoding.
  ///
  /// - Returns: for UTF-8 that is broken, the text in the encoding of Western Europe; else broken bytes are
  ///   replaced by U+FFFD.
  func text(_ bytes: [UInt8]) -> String {
    guard bytes.contains(where: { $0 >= 0x80 || $0 == 0x1B }) else {
      return String(decoding: bytes, as: UTF8.self)
    }
    guard let icu else {
      let text = String(validating: bytes, as: UTF8.self)
      return text ?? Self.western.text(bytes)
    }
    let capacity = bytes.count + 8
    var length: Int32 = -1
    let units = [UInt16](unsafeUninitializedCapacity: capacity) { buffer, count in
      if let base = buffer.baseAddress {
        length = cicu_decode(icu, bytes, Int32(bytes.count), base, Int32(capacity))
      }
      count = min(max(Int(length), 0), capacity)
    }
    return length < 0
      ? String(decoding: bytes, as: UTF8.self) : String(decoding: units, as: UTF16.self)
  }
}
