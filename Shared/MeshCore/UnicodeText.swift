import CICU

/// The forms of a text that Unicode defines, made by ICU.
package enum UnicodeText {
  /// A number that differs with the versions of ICU and of Unicode that the forms go by.
  package static var version: UInt64 { cicu_version() }

  /// Normalization Form C (UAX #15): the form that every text of a record is kept in.
  package static func composed(_ text: String) -> String {
    isASCII(text) ? text : converted(text, cicu_compose) ?? text
  }

  /// Normalization Form D: what some keyboards and file systems send.
  package static func decomposed(_ text: String) -> String {
    isASCII(text) ? text : converted(text, cicu_decompose) ?? text
  }

  /// The form in which texts are compared: without regard to case, width, normalization form and
  /// characters that nobody sees (NFKC_Casefold, UAX #31).
  package static func folded(_ text: String) -> String {
    isASCII(text) ? text.lowercased() : converted(text, cicu_fold) ?? text
  }

  /// Whether there is something to see in a text.
  package static func isVisible(_ text: String) -> Bool {
    if text.utf8.contains(where: { (0x21...0x7E).contains($0) }) { return true }
    return folded(text).unicodeScalars.contains { !$0.properties.isWhitespace }
  }

  /// The readable form of a host name in lower case (UTS #46): `xn--mller-kva.example` is
  /// `müller.example`.
  ///
  /// What is longer than any host name is only put into lower case.
  package static func domain(_ name: String) -> String {
    let lower = name.lowercased()
    // ICU takes time by the square of the labels.
    if lower.utf8.count > 1_024 { return lower }
    if isASCII(lower), !hasEncodedLabel(lower.utf8) { return lower }
    return converted(name, cicu_domain) ?? folded(name)
  }

  /// Whether a label may be one that stands for others (`xn--`, RFC 5890).
  private static func hasEncodedLabel(_ name: String.UTF8View) -> Bool {
    var last: UInt32 = 0
    for byte in name {
      last = last << 8 | UInt32(byte)
      if last == 0x786E_2D2D { return true }
    }
    return false
  }

  /// The text in letters of ASCII, as far as its script has a transcription: `Новый` is `Novyj`.
  package static func transliterated(_ text: String) -> String {
    if isASCII(text) { return text }
    var units = Array(text.utf16)
    let length = units.count
    // A character of some scripts is written with several letters.
    units += [UInt16](repeating: 0, count: 32 * length + 64)
    let count = cicu_transliterate(&units, Int32(length), Int32(units.count))
    return count < 0 ? "" : String(decoding: units.prefix(Int(count)), as: UTF16.self)
  }

  private static func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }

  private typealias Conversion = (
    UnsafePointer<UInt16>, Int32, UnsafeMutablePointer<UInt16>, Int32
  ) -> Int32

  private static func converted(_ text: String, _ convert: Conversion) -> String? {
    let units = Array(text.utf16)
    guard let length = Int32(exactly: units.count) else { return nil }
    var result = [UInt16](repeating: 0, count: 2 * units.count + 16)
    var count = convert(units, length, &result, Int32(result.count))
    if count > result.count {
      result = [UInt16](repeating: 0, count: Int(count))
      count = convert(units, length, &result, count)
    }
    return count < 0 ? nil : String(decoding: result.prefix(Int(count)), as: UTF16.self)
  }
}
