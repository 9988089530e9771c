import CPhoneNumber
import MeshCore

/// Phone numbers as people write them.
package enum PhoneNumber {
  /// Reads `text` as someone in `region` would dial it.
  ///
  /// A number is never a reason to refuse a record: what is none, or is one that nobody has, is
  /// kept as it was written and marked. Takes microseconds (the first call milliseconds, for the
  /// tables of all countries), from any thread, with the same answer whatever was read before.
  ///
  /// - Parameters:
  ///   - text: at most 250 characters count as a number. An extension may follow it, such as `x12`,
  ///     `ext. 12`, `;ext=12` or `Durchwahl 12`. A number followed by a note is no number.
  ///   - region: ISO 3166 alpha-2 in upper case, such as `US`. For an unknown one only numbers
  ///     that begin with `+` and a country code are read.
  /// - Returns: nil when `text` is no number at all: keep it as it is.
  package static func parse(_ text: String, region: String) -> PhoneParse? {
    let text = PhoneText(text)
    guard let read = read(text.plain, region) else { return nil }
    // Letters become digits, as in 1-800-FLOWERS; those of a note behind a whole number must not.
    if let whole = text.beforeLetters.flatMap({ Self.read($0, region) }), whole.isValid,
      whole.e164 != read.e164
    {
      return nil
    }
    return read
  }

  /// The form in which a record keeps a number, and whether it is one that can exist; what no number can be
  /// stays as it is.
  package static func kept(_ text: String, region: String) -> (text: String, isValid: Bool) {
    guard let read = parse(text, region: region) else { return (text, false) }
    return (read.isPossible ? read.canonical : text, read.isValid)
  }

  private static func read(_ text: String, _ region: String) -> PhoneParse? {
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
      isPossible: number.is_possible,
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
  /// Whether it has as many digits as a number of its country with its area code.
  package let isPossible: Bool
  /// Whether the number lies in a range that its country has assigned.
  package let isValid: Bool

  /// The one form that a number is kept in: `+12125550143`, or `+12125550143 ext. 12`.
  package var canonical: String {
    phoneExtension.isEmpty ? e164 : e164 + PhoneForm.extensionMark + phoneExtension
  }
}

extension PhoneParse {
  /// The address that a telephone dials (RFC 3966): `tel:+12125550143;ext=12`.
  package var uri: String {
    "tel:" + e164 + (phoneExtension.isEmpty ? "" : ";ext=" + phoneExtension)
  }
}
