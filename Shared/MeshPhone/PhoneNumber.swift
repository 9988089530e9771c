import CPhoneNumber

/// Phone numbers as people write them.
package enum PhoneNumber {
  /// Reads `text` as someone in `region` would dial it.
  ///
  /// A number is never a reason to refuse a record: what is none, or is one that nobody has, is
  /// kept as it was written and marked. Takes microseconds (the first call milliseconds, for the
  /// tables of all countries), from any thread, with the same answer whatever was read before.
  ///
  /// - Parameters:
  ///   - text: at most 250 characters count as a number.
  ///   - region: ISO 3166 alpha-2 in upper case, such as `US`. For an unknown one only numbers
  ///     that begin with `+` and a country code are read.
  /// - Returns: nil when `text` is no number at all: keep it as it is.
  package static func parse(_ text: String, region: String) -> PhoneParse? {
    var number = phone_number()
    var text = text
    let isParsed = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        guard let start = characters.baseAddress else { return false }
        return phone_number_parse(start, characters.count, region, &number)
      }
    }
    guard isParsed else { return nil }
    let region = Self.text(of: number.region)
    return PhoneParse(
      e164: Self.text(of: number.e164),
      phoneExtension: Self.text(of: number.extension),
      region: region.isEmpty ? nil : region,
      isValid: number.is_valid
    )
  }

  /// The text in one of the C struct's arrays, which Swift sees as a tuple.
  private static func text<Characters>(of characters: Characters) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

/// What a text says as a phone number.
package struct PhoneParse: Hashable, Sendable {
  /// `+`, the country code and the number, digits only; without the extension.
  package let e164: String
  /// The digits to dial after the call is answered; empty when there are none.
  package let phoneExtension: String
  /// The region that the number belongs to, `001` for numbers of no country; nil when unknown.
  package let region: String?
  /// Whether the number lies in a range that its country has assigned.
  package let isValid: Bool
}
