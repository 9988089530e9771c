/// The periods by which a tenant plans and reports: its fiscal years and quarters, calendar months, and
/// weeks.
///
/// A fiscal year is called by the calendar year in which it begins: one that begins with April 2026 is 2026, and
/// 2026-Q4 is January to March 2027. Weeks are those of ISO 8601, which begin on Monday.
package struct FiscalCalendar: Sendable, Hashable {
  /// The month with which years begin, 1...12.
  package let firstMonth: Int

  /// - Parameter firstMonth: beyond 1...12, years begin with January.
  package init(firstMonth: Int = 1) {
    self.firstMonth = (1...12).contains(firstMonth) ? firstMonth : 1
  }

  /// Reads `2026`, `2026-Q4`, `2026-10` or `2026-W40`.
  ///
  /// - Returns: nil for other texts, and for years beyond 1000...9000.
  package func period(_ text: String) -> FiscalPeriod? {
    var scanner = DigitScanner(text)
    guard let year = scanner.number(digits: 4, in: 1000...9000) else { return nil }
    if scanner.isAtEnd { return self.year(year) }
    guard scanner.skip("-") else { return nil }
    var period: FiscalPeriod?
    if scanner.skip("Q") {
      period = scanner.number(digits: 1, in: 1...4).map { quarter(year, $0) }
    } else if scanner.skip("W") {
      // The week of January 4th is the first one.
      period = scanner.number(digits: 2, in: 1...53).flatMap { number in
        CalendarDate(year: year, month: 1, day: 4)
          .map { self.period(.week, of: $0.advanced(by: 7 * (number - 1))) }
      }
    } else {
      period = scanner.number(digits: 2, in: 1...12).map { Self.month(12 * year + $0 - 1) }
    }
    // A year without a 53rd week gives the next one's first.
    return scanner.isAtEnd && period?.name == text ? period : nil
  }

  /// The period that a day is in.
  package func period(_ unit: FiscalPeriod.Unit, of day: CalendarDate) -> FiscalPeriod {
    let month = 12 * day.year + day.month - 1
    switch unit {
    case .week: return Self.week(of: day)
    case .month: return Self.month(month)
    case .quarter:
      let fiscal = month - (firstMonth - 1)
      return quarter(fiscal / 12, fiscal % 12 / 3 + 1)
    case .year: return year((month - (firstMonth - 1)) / 12)
    }
  }

  /// The period before another one.
  package func period(before period: FiscalPeriod) -> FiscalPeriod {
    self.period(period.unit, of: period.start.advanced(by: -1))
  }

  private func year(_ year: Int) -> FiscalPeriod {
    FiscalPeriod(.year, padded(year, 4), first: 12 * year + firstMonth - 1, months: 12)
  }

  private func quarter(_ year: Int, _ number: Int) -> FiscalPeriod {
    let first = 12 * year + firstMonth - 1 + 3 * (number - 1)
    return FiscalPeriod(.quarter, "\(padded(year, 4))-Q\(number)", first: first, months: 3)
  }

  /// A month that is counted from January of the year 0.
  private static func month(_ month: Int) -> FiscalPeriod {
    FiscalPeriod(.month, FiscalPeriod.name(ofMonth: month), first: month, months: 1)
  }

  private static func week(of day: CalendarDate) -> FiscalPeriod {
    // 1970 began on a Thursday.
    let days = day.daysSince1970
    let weekday = ((days + 3) % 7 + 7) % 7
    let monday = day.advanced(by: -weekday)
    // A week is of the year that has its Thursday.
    let thursday = monday.advanced(by: 3)
    let first = CalendarDate.daysSince1970(year: thursday.year, month: 1, day: 1)
    let number = (thursday.daysSince1970 - first) / 7 + 1
    let name = "\(padded(thursday.year, 4))-W\(padded(number, 2))"
    return FiscalPeriod(.week, name, start: monday, last: monday.advanced(by: 6))
  }
}

/// A week, month, quarter or year.
package struct FiscalPeriod: Sendable, Hashable {
  package enum Unit: String, Sendable, CaseIterable {
    case week, month, quarter, year
  }

  package let unit: Unit
  /// As `FiscalCalendar.period(_:)` reads it.
  package let name: String
  /// Its first day.
  package let start: CalendarDate
  /// Its last day.
  package let last: CalendarDate
  /// The calendar's months of which it is made, as `2026-10`, in order; none of a week.
  package let months: [String]

  fileprivate init(_ unit: Unit, _ name: String, start: CalendarDate, last: CalendarDate) {
    (self.unit, self.name, self.start, self.last, months) = (unit, name, start, last, [])
  }

  /// - Parameters:
  ///   - unit: what it is.
  ///   - name: its name.
  ///   - first: its first month, counted from January of the year 0.
  ///   - count: of its months.
  fileprivate init(_ unit: Unit, _ name: String, first: Int, months count: Int) {
    func begin(of month: Int) -> CalendarDate {
      let year = min(max(month / 12, 1), 9999)
      return CalendarDate(
        daysSince1970: CalendarDate.daysSince1970(year: year, month: month % 12 + 1, day: 1)
      )
    }
    (self.unit, self.name, start) = (unit, name, begin(of: first))
    last = begin(of: first + count).advanced(by: -1)
    months = (first..<first + count).map { Self.name(ofMonth: $0) }
  }

  fileprivate static func name(ofMonth month: Int) -> String {
    padded(month / 12, 4) + "-" + padded(month % 12 + 1, 2)
  }
}
