import Testing

@testable import MeshCore

@Suite struct `A fiscal calendar` {
  private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

  @Test(arguments: [
    (1, "2026", "2026-01-01", "2026-12-31"), (1, "2026-Q4", "2026-10-01", "2026-12-31"),
    (4, "2026", "2026-04-01", "2027-03-31"), (4, "2026-Q1", "2026-04-01", "2026-06-30"),
    (4, "2026-Q4", "2027-01-01", "2027-03-31"), (12, "2023-Q1", "2023-12-01", "2024-02-29"),
    (7, "2026-10", "2026-10-01", "2026-10-31"), (2, "2024-02", "2024-02-01", "2024-02-29"),
    (4, "2026-W01", "2025-12-29", "2026-01-04"), (1, "2026-W53", "2026-12-28", "2027-01-03"),
    (1, "2027-W01", "2027-01-04", "2027-01-10"), (1, "2021-W01", "2021-01-04", "2021-01-10"),
  ])
  func `reads years, quarters, months and weeks`(
    _ firstMonth: Int,
    _ name: String,
    _ start: String,
    _ last: String
  ) throws {
    let period = try #require(FiscalCalendar(firstMonth: firstMonth).period(name))
    #expect(period.name == name)
    #expect(period.start == (try day(start)))
    #expect(period.last == (try day(last)))
  }

  @Test(arguments: [
    "", "26", "2026-", "2026-Q0", "2026-Q5", "2026-Q11", "2026-q1", "2026-13", "2026-1", "2026-W00",
    "2027-W53", "2026-W54", "2026-10-01", "0999", "9001", "2026Q1", " 2026",
  ])
  func `refuses other texts`(_ text: String) {
    #expect(FiscalCalendar().period(text) == nil)
  }

  @Test(arguments: 1...12)
  func `has each day in one period of each kind, and no gap between periods`(firstMonth: Int) throws
  {
    let calendar = FiscalCalendar(firstMonth: firstMonth)
    for unit in FiscalPeriod.Unit.allCases {
      var date = try day("2023-11-20")
      var period = calendar.period(unit, of: date)
      while date < (try day("2029-02-10")) {
        let found = calendar.period(unit, of: date)
        #expect(found.start <= date && date <= found.last)
        #expect(calendar.period(found.name) == found)
        if found != period {
          #expect(found.start == date && period.last.advanced(by: 1) == date)
          #expect(calendar.period(before: found) == period)
          period = found
        }
        date = date.advanced(by: 1)
      }
    }
  }

  @Test func `makes its periods of months`() {
    let calendar = FiscalCalendar(firstMonth: 11)
    #expect(calendar.period("2026-Q1")?.months == ["2026-11", "2026-12", "2027-01"])
    #expect(calendar.period("2026")?.months.count == 12)
    #expect(calendar.period("2026-W07")?.months == [])
  }
}
