import MeshCore
import MeshProto
import Testing

@testable import MeshImport

@Suite struct `Reading a cell` {
  private func read(_ text: String, as type: FieldType, in region: String = "DE") throws
    -> FieldValue
  {
    let conventions = ImportConventions(
      currency: .usd,
      timeZone: TimeZone("Europe/Berlin") ?? .utc,
      region: region
    )
    return try CellReader(conventions: conventions).value(of: text, as: RecordField("f", type))
  }

  @Test func `gives the value of the field's type`() throws {
    #expect(try read("1,200", as: .integer) == .integer(1_200))
    #expect(try read("-2.5", as: .decimal) == .decimal(-2.5))
    #expect(
      try read("12,500.5", as: .money) == .money(Money(amountMinor: 1_250_050, currency: .usd))
    )
    #expect(try read("Yes", as: .bool) == .bool(true))
    #expect(try read(" 2026-01-31 ", as: .date).date == "2026-01-31")
    #expect(try read("as it is", as: .text) == .text("as it is"))
  }

  @Test func `reads dates with slashes in the order of the region`() throws {
    #expect(try read("3/1/2017", as: .date).date == "2017-01-03")
    #expect(try read("3/1/2017", as: .date, in: "US").date == "2017-03-01")
    #expect(try read("10/25/2016", as: .date, in: "US").date == "2016-10-25")
    for wrong in ["10/25/2016", "1/2/17", "1/2", "+1/2/2017", "1/2/2017/3"] {
      #expect(throws: CellReader.Fault.self) { _ = try read(wrong, as: .date) }
    }
  }

  @Test func `takes a day for the moment at which it begins in the tenant's zone`() throws {
    #expect(try read("2026-07-01T09:00:00+02:00", as: .timestamp).time == "2026-07-01T07:00:00Z")
    #expect(try read("2026-07-01", as: .timestamp).time == "2026-06-30T22:00:00Z")
    // Clocks go forward at 02:00 on this day, and back on the other.
    #expect(try read("2026-03-29", as: .timestamp).time == "2026-03-28T23:00:00Z")
    #expect(try read("2026-10-25", as: .timestamp).time == "2026-10-24T22:00:00Z")
  }

  @Test(
    arguments: [
      (FieldType.integer, "1.5", "be a whole number"),
      (.decimal, "nan", "be a number such as 12.5"),
      (.decimal, "1e999", "be a number such as 12.5"),
      (.money, "1.234,50", "be an amount such as 12,500.00"), (.bool, "maybe", "be yes or no"),
      (.date, "2026-02-30", "be a date such as 2026-01-31"),
      (
        .timestamp, "31.1.2026",
        "be a time such as 2026-01-31T09:30:00Z or a date such as 2026-01-31"
      ),
    ]
  )
  func `says what the cell must be`(type: FieldType, text: String, rule: String) {
    #expect(throws: CellReader.Fault(rule: "must \(rule), not “\(text)”")) {
      _ = try read(text, as: type)
    }
  }
}

extension FieldValue {
  fileprivate var date: String? { if case .date(let date) = self { "\(date)" } else { nil } }
  fileprivate var time: String? {
    if case .timestamp(let time) = self { time.rfc3339 } else { nil }
  }
}
