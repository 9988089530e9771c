/// A day of the proleptic Gregorian calendar, in no time zone; its text is `YYYY-MM-DD`.
package struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// 1...9999.
  package let year: Int
  /// 1...12.
  package let month: Int
  /// 1 up to the month's last day.
  package let day: Int

  /// Refuses a day that the calendar does not have.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.daysIn(month: month, year: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads exactly `YYYY-MM-DD`.
  package init?(_ text: String) {
    var scanner = DigitScanner(text)
    guard let date = scanner.calendarDate(), scanner.isAtEnd else { return nil }
    self = date
  }

  /// The day that many days after 1970-01-01, which is within the years 0001 to 9999.
  package init(daysSince1970: Int) {
    // The civil-from-days algorithm of Howard Hinnant, whose years begin in March.
    let shifted = daysSince1970 + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days from 1970-01-01 to this day; negative before.
  package var daysSince1970: Int { Self.daysSince1970(year: year, month: month, day: day) }

  /// The same for a day that is known to exist.
  package static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    let marchYear = month <= 2 ? year - 1 : year
    let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The day so many days later, or earlier; at the bounds of the calendar the nearest one within.
  package func advanced(by days: Int) -> CalendarDate {
    let (first, last) = (Self.daysSince1970(year: 1, month: 1, day: 1), 2_932_896)
    return CalendarDate(daysSince1970: min(max(daysSince1970 + days, first), last))
  }

  /// Days to another day; negative to one before.
  package func days(to other: CalendarDate) -> Int { other.daysSince1970 - daysSince1970 }

  /// Its month, as `2026-10`.
  package var monthText: String { padded(year, 4) + "-" + padded(month, 2) }

  package var description: String {
    padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  package static func daysIn(month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
