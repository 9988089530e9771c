package import MeshCore

/// The currency that a cell names beside amounts: `EUR`, `€`, `US Dollar`, `USD - US Dollar`.
package enum CurrencyCell {
  private static let mostBytes = 80

  /// - Parameters:
  ///   - text: of the cell.
  ///   - home: the currency that is meant by a sign of several, such as `$`, if it is one of them.
  /// - Returns: unreadable for a currency that is not known, so that no amount is taken for one in another.
  package static func read(_ text: String, home: CurrencyCode) -> CellReading<CurrencyCode> {
    let unknown = CellReading<CurrencyCode>.unreadable("names no currency that is known")
    guard text.utf8.count <= mostBytes else { return unknown }
    let value = CellText.value(text)
    if let none = CellReading<CurrencyCode>.noValue(in: value) { return none }
    if let code = CurrencyMark(value)?.currency(home: home) ?? named(value) { return .value(code) }
    let parts = value.split(whereSeparator: { " -\u{2013}\u{2014}():/,".contains($0) })
    let codes = Set(parts.compactMap { CurrencyCode(String($0)) })
    guard codes.count == 1, let code = codes.first else { return unknown }
    return .value(code)
  }

  private static func named(_ value: String) -> CurrencyCode? {
    names[LooseText.form(of: value.filter { $0 != "." })]
  }

  private static let names: [String: CurrencyCode] = {
    var names: [String: CurrencyCode] = [:]
    for line in table.split(separator: "\n") {
      let parts = line.split(separator: ":")
      guard parts.count == 2, let code = CurrencyCode(String(parts[0])) else { continue }
      for name in parts[1].split(separator: "|") {
        names[LooseText.form(of: name.trimming(" "))] = code
      }
    }
    return names
  }()

  private static let table = """
    USD: us dollar | us dollars | united states dollar | american dollar | dollar us | us-dollar | dólar americano
    CAD: canadian dollar | dollar canadien
    AUD: australian dollar
    NZD: new zealand dollar
    SGD: singapore dollar
    HKD: hong kong dollar
    GBP: pound sterling | british pound | british pounds | pounds sterling | pfund sterling | libra esterlina
    CHF: swiss franc | swiss francs | schweizer franken | franc suisse
    JPY: japanese yen
    CNY: chinese yuan | yuan renminbi | renminbi
    INR: indian rupee | indian rupees
    SEK: swedish krona | svensk krona
    NOK: norwegian krone | norsk krone
    DKK: danish krone | dansk krone
    PLN: polish zloty | złoty | polski złoty
    CZK: czech koruna | česká koruna
    HUF: hungarian forint
    BRL: brazilian real | real brasileiro
    MXN: mexican peso | peso mexicano
    ZAR: south african rand | rand
    TRY: turkish lira
    KRW: south korean won | korean won
    AED: uae dirham | emirati dirham
    ILS: israeli shekel | new israeli shekel
    """
}

extension Substring {
  fileprivate func trimming(_ characters: String) -> String { String(self).trimming(characters) }
}
