import MeshCore

/// A currency as it stands before or after an amount: a code, a sign or a word.
enum CurrencyMark: Hashable {
  case code(CurrencyCode)
  /// A sign of several currencies, such as `$` or `kr`: all of them, the commonest first.
  case shared([CurrencyCode], sign: String)

  /// - Parameter text: without blanks around it, such as `USD`, `€`, `US$` or `Euro`.
  init?(_ text: String) {
    guard text.utf8.count <= 16 else { return nil }
    if let code = CurrencyCode(text.uppercased()) {
      self = .code(code)
      return
    }
    guard let codes = Self.signs[text.lowercased()] else { return nil }
    self = codes.count == 1 ? .code(codes[0]) : .shared(codes, sign: text)
  }

  /// The currency that is meant, where amounts without any are in `home`.
  ///
  /// - Returns: nil when it cannot be known: `kr` where people pay with euros.
  func currency(home: CurrencyCode) -> CurrencyCode? {
    switch self {
    case .code(let code): code
    case .shared(let codes, let sign):
      if codes.contains(home) { home } else { sign.lowercased() == "kr" ? nil : codes.first }
    }
  }

  /// Whether two marks of one amount, as in `$1,200 CAD`, go together; the code counts.
  func joined(with other: CurrencyMark) -> CurrencyMark? {
    switch (self, other) {
    case (.code(let one), .code(let two)): one == two ? self : nil
    case (.code(let code), .shared(let codes, _)): codes.contains(code) ? self : nil
    case (.shared, .code): other.joined(with: self)
    case (.shared(let one, _), .shared(let two, _)): one == two ? self : nil
    }
  }

  /// One line a currency, or several that share the signs after the colon.
  private static let signs: [String: [CurrencyCode]] = {
    var signs: [String: [CurrencyCode]] = [:]
    for line in table.split(separator: "\n") {
      let parts = line.split(separator: ":")
      guard parts.count == 2 else { continue }
      let codes = parts[0].split(separator: " ").compactMap { CurrencyCode(String($0)) }
      for sign in parts[1].split(separator: " ") { signs[sign.lowercased()] = codes }
    }
    return signs
  }()

  private static let table = """
    USD CAD AUD NZD SGD HKD MXN ARS CLP COP TWD UYU DOP BSD BBD JMD TTD BMD BZD FJD NAD: $ ＄ ﹩ dollar dollars
    USD: US$ $US U$ U$S USD$
    CAD: C$ CA$ CAN$
    AUD: A$ AU$
    NZD: NZ$
    HKD: HK$
    SGD: S$
    MXN: MX$ Mex$
    TWD: NT$
    BRL: R$ real reais
    EUR: € euro euros
    GBP EGP LBP: £ ￡ pound pounds
    JPY CNY: ¥ ￥
    JPY: 円 yen JP¥
    CNY: 元 RMB CN¥ yuan
    INR PKR LKR NPR MUR: Rs Rs. ₨ rupee rupees
    INR: ₹
    KRW: ₩ ￦ 원 won
    SEK NOK DKK ISK: kr kr.
    CHF: Fr Fr. SFr SFr. Franken
    PLN: zł zl złoty zlotych złotych
    CZK: Kč Kc
    HUF: Ft forint
    RON MDL: lei leu
    RUB: ₽ руб руб. р. рублей
    UAH: ₴ грн грн.
    TRY: ₺ TL
    ILS: ₪ NIS
    VND: ₫
    PHP: ₱
    THB: ฿
    NGN: ₦
    GHS: ₵ GH₵
    KZT: ₸
    GEL: ₾
    CRC: ₡
    PYG: ₲
    AED: Dhs Dhs. Dh
    SAR: SR
    ZAR: R
    MYR: RM
    IDR: Rp Rp.
    """
}
