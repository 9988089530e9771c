import MeshCore
import MeshProto
import MeshRecords

/// Reads the text of a cell as a field's type.
struct CellReader: Sendable {
  let conventions: ImportConventions

  /// A cell that cannot be read.
  struct Fault: Error, Equatable {
    /// The rule it breaks: "must be ...".
    let rule: String
  }

  func value(of text: String, as field: RecordField) throws(Fault) -> FieldValue {
    let read: (value: FieldValue?, must: String)
    switch field.type {
    case .integer: read = (Self.integer(text), "be a whole number")
    case .decimal: read = (Self.decimal(text), "be a number such as 12.5")
    case .money:
      read = (money(text).map { .money($0) }, "be an amount such as 12,500.00")
    case .bool: read = (Self.flag(text), "be yes or no")
    case .date:
      let date = date(TextForm.cleaned(text))
      read = (date.map { .date($0) }, "be a date such as 2026-01-31")
    case .timestamp:
      let time = time(TextForm.cleaned(text))
      read = (
        time.map { .timestamp($0) },
        "be a time such as 2026-01-31T09:30:00Z or a date such as 2026-01-31"
      )
    default: return .text(text)
    }
    guard let value = read.value else {
      throw Fault(rule: "must \(read.must), not \(text.quoted)")
    }
    return value
  }

  /// An amount in the tenant's currency, or in the currency after it, as in exports: `12.50 EUR`.
  private func money(_ text: String) -> Money? {
    let parts = text.split(separator: " ").map(String.init)
    guard parts.count == 2, let currency = CurrencyCode(parts[1]) else {
      return Money.parse(text, conventions.currency)
    }
    return Money.parse(parts[0], currency)
  }

  private static func ungrouped(_ text: String) -> String {
    text.filter { $0 != "," && $0 != " " && $0 != "'" }
  }

  private static func integer(_ text: String) -> FieldValue? {
    let digits = ungrouped(text)
    return (Int64(digits) ?? Double(digits).flatMap { Int64(exactly: $0) }).map { .integer($0) }
  }

  private static func decimal(_ text: String) -> FieldValue? {
    guard let number = Double(ungrouped(text)), number.isFinite else { return nil }
    return .decimal(number)
  }

  private static func flag(_ text: String) -> FieldValue? {
    switch text.lowercased() {
    case "1", "true", "yes", "y", "on": .bool(true)
    case "0", "false", "no", "n", "off": .bool(false)
    default: nil
    }
  }

  /// A day as `2026-01-31`, or with slashes in the order of the conventions.
  private func date(_ text: String) -> CalendarDate? {
    if let date = CalendarDate(text) { return date }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count <= 2, parts[1].count <= 2, parts[2].count == 4,
      parts.allSatisfy({ $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 } }),
      let first = Int(parts[0]), let second = Int(parts[1]), let year = Int(parts[2])
    else { return nil }
    let isMonthFirst = conventions.dateOrder == .monthFirst
    return CalendarDate(
      year: year,
      month: isMonthFirst ? first : second,
      day: isMonthFirst ? second : first
    )
  }

  /// A time of RFC 3339, or a date, which means the beginning of that day in the tenant's time
  /// zone.
  private func time(_ text: String) -> Timestamp? {
    if let time = Timestamp(rfc3339: text) { return time }
    guard let date = date(text) else { return nil }
    let zone = conventions.timeZone
    let midnight = Timestamp(microseconds: Int64(date.daysSince1970) * 86_400_000_000)
    let near = midnight - .seconds(zone.offset(at: midnight))
    return midnight - .seconds(zone.offset(at: near))
  }
}
