package import MeshCore

/// A date, or a date and time of day, without a time zone: a DATE or a DATE-TIME of RFC 5545.
///
/// Its text is that of sections 3.3.4 and 3.3.5: `20260131`, or `20260131T093000`.
package struct CivilTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let date: CalendarDate
  /// Seconds since midnight as clocks show them, 0...86,399; nil for the whole day.
  package let secondOfDay: Int?

  /// The whole day.
  package init(_ date: CalendarDate) {
    self.date = date
    secondOfDay = nil
  }

  /// Refuses a time of day that no clock shows, such as 24:00.
  package init?(_ date: CalendarDate, hour: Int, minute: Int, second: Int = 0) {
    guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else {
      return nil
    }
    self.date = date
    secondOfDay = hour * 3600 + minute * 60 + second
  }

  /// Reads `20260131` or `20260131T093000`; a second 60 is read as 59, as section 3.3.12 says.
  package init?(_ text: String) {
    var scanner = DigitScanner(text)
    guard let time = Self(&scanner), scanner.isAtEnd else { return nil }
    self = time
  }

  /// Reads a time from the front of a text.
  init?(_ scanner: inout DigitScanner) {
    guard let year = scanner.number(digits: 4, in: 1...9999),
      let month = scanner.number(digits: 2, in: 1...12),
      let day = scanner.number(digits: 2, in: 1...31),
      let date = CalendarDate(year: year, month: month, day: day)
    else { return nil }
    guard scanner.skip("T") || scanner.skip("t") else {
      self.init(date)
      return
    }
    guard let hour = scanner.number(digits: 2, in: 0...23),
      let minute = scanner.number(digits: 2, in: 0...59),
      let second = scanner.number(digits: 2, in: 0...60)
    else { return nil }
    self.init(date, hour: hour, minute: minute, second: min(second, 59))
  }

  /// The time that many seconds after 1970 began, on a clock that is never changed.
  init(wall seconds: Int, isWholeDay: Bool) {
    let day = seconds.flooredQuotient(by: 86_400)
    date = CalendarDate(daysSince1970: day)
    secondOfDay = isWholeDay ? nil : seconds - day * 86_400
  }

  package var isWholeDay: Bool { secondOfDay == nil }

  /// Seconds since 1970 began, on a clock that is never changed; for a whole day, at its midnight.
  var wall: Int { date.daysSince1970 * 86_400 + (secondOfDay ?? 0) }

  package var description: String {
    let day = date.description.filter { $0 != "-" }
    guard let secondOfDay else { return day }
    let parts = [secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60]
    return day + "T" + parts.map { ($0 < 10 ? "0" : "") + String($0) }.joined()
  }

  /// A whole day comes before the times of that day.
  package static func < (left: Self, right: Self) -> Bool {
    (left.date, left.secondOfDay ?? -1) < (right.date, right.secondOfDay ?? -1)
  }
}

extension Int {
  /// The quotient, rounded down; the divisor is positive.
  func flooredQuotient(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The remainder of `flooredQuotient`: 0..<divisor.
  func flooredRemainder(by divisor: Int) -> Int {
    let remainder = self % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }
}
