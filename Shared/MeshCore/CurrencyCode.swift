/// An alphabetic currency code of ISO 4217 in use, such as `EUR`.
package struct CurrencyCode: Hashable, Sendable, CustomStringConvertible {
  /// Three upper-case letters.
  package let text: String

  /// Refuses what ISO 4217 does not list, and lower case.
  package init?(_ text: String) {
    // A set takes the Kelvin sign for the letter K.
    guard text.utf8.count == 3, Self.known.contains(text) else { return nil }
    self.text = text
  }

  /// What a tenant counts in until it says otherwise.
  package static let usd = CurrencyCode(known: "USD")

  /// What stands where a request left the currency out.
  static let unsaid = CurrencyCode(known: "")

  private init(known text: String) { self.text = text }

  package var description: String { text }

  /// How many decimal digits the minor unit has: 2 for `USD` (cents), 0 for `JPY`, 3 for `BHD`.
  package var minorDigits: Int {
    Self.unusualDigits.first { $0.codes.contains(text) }?.digits ?? Self.usualDigits
  }

  /// The decimal digits that most currencies have.
  package static let usualDigits = 2

  /// The currencies that have another number of decimal digits, by that number.
  package static let unusualDigits: [(digits: Int, codes: Set<String>)] = [
    (0, codes("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF")),
    (3, codes("BHD IQD JOD KWD LYD OMR TND")),
    (4, codes("CLF UYW")),
  ]

  private static let known = codes(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN
    BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD
    FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS
    KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
    MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR
    SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH
    UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """
  )
  private static func codes(_ list: String) -> Set<String> {
    Set(list.split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
