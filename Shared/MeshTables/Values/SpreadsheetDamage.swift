import MeshCore

/// Values that a spreadsheet put in place of those that somebody entered.
package enum SpreadsheetDamage: Sendable, Hashable {
  /// An error, such as `#N/A` or `#REF!`.
  case error
  /// A long number of which only the first digits are left: `2.12556E+09`.
  case scientific
  /// A range or a fraction that became a day: `10-Jan` for 1-10.
  case day

  /// The damage of a cell that should have a phone number, an id or a count.
  ///
  /// - Returns: nil when there is none to see.
  package static func of(_ text: String) -> SpreadsheetDamage? {
    text.utf8.count > 60 ? nil : of(value: CellText.value(text))
  }

  /// The same for the text that `CellText.value` gives.
  static func of(value: String) -> SpreadsheetDamage? {
    guard let first = value.utf8.first, value.utf8.count <= 40 else { return nil }
    if first == UInt8(ascii: "#") { return isError(value) ? .error : nil }
    if isScientific(value) { return .scientific }
    return isDay(value) ? .day : nil
  }

  /// Completes a sentence that begins with the cell's text.
  package var reason: String {
    switch self {
    case .error: "is an error of the spreadsheet"
    case .scientific: "was shortened by a spreadsheet; its last digits are lost"
    case .day: "is a date, which a spreadsheet makes of ranges such as 1-10"
    }
  }

  /// Errors of Excel, in English and in the languages in which it translates them.
  private static let errors: Set = [
    "#N/A", "#N/V", "#NV", "#N/D", "#REF!", "#BEZUG!", "#VALUE!", "#WERT!", "#VALEUR!", "#VALOR!",
    "#VALORE!", "#WAARDE!", "#ARG!", "#NAME?", "#NOM?", "#NOMBRE?", "#NOME?", "#NAAM?", "#NAZWA?",
    "#DIV/0!", "#DZIEL/0!", "#DEEL/0!", "#NULL!", "#NUL!", "#NULO!", "#NULLO!", "#NUM!", "#ZAHL!",
    "#NOMBRE!", "#NUMERO!", "#NÚM!", "#NÃO.DISP", "#N.D", "#N/B", "#NB", "#N/DZ.", "#LICZBA!",
    "#SPILL!", "#CALC!", "#GETTING_DATA",
  ]

  private static func isError(_ value: String) -> Bool {
    errors.contains(value.uppercased()) || value.utf8.allSatisfy { $0 == UInt8(ascii: "#") }
  }

  /// Digits, with a point or comma and more digits, and a power of ten: `4.87655E+17`.
  static func isScientific(_ value: String) -> Bool {
    var rest = value.utf8[...]
    func takeDigits() -> Bool {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      rest = rest[digits.endIndex...]
      return !digits.isEmpty
    }
    func take(_ marks: String) -> Bool {
      guard let first = rest.first, marks.utf8.contains(first) else { return false }
      rest.removeFirst()
      return true
    }
    _ = take("-+")
    guard takeDigits() else { return false }
    if take(".,"), !takeDigits() { return false }
    guard take("eE"), take("+-") else { return false }
    return takeDigits() && rest.isEmpty
  }

  /// A month with a number (`10-Jan`, `Jan 10`, `Okt 50`), or a whole day.
  private static func isDay(_ value: String) -> Bool {
    if let day = DateText(value: value) { return !day.isCompact }
    let parts = value.split(whereSeparator: { "-. /".contains($0) })
    guard parts.count == 2 else { return false }
    let isNumber = parts.map { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    guard isNumber[0] != isNumber[1] else { return false }
    let (number, word) = isNumber[0] ? (parts[0], parts[1]) : (parts[1], parts[0])
    return number.utf8.count <= 4 && MonthNames.month(LooseText.form(of: String(word))) != nil
  }
}
