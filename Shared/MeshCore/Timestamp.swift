/// A moment in microseconds since 1970-01-01T00:00:00Z, without leap seconds, as POSIX counts.
package struct Timestamp: Hashable, Comparable, Sendable {
  /// Between the microseconds of `earliest` and `latest`.
  package let microseconds: Int64

  /// 0001-01-01T00:00:00Z.
  package static let earliest = Timestamp(microseconds: earliestMicroseconds)
  /// 9999-12-31T23:59:59.999999Z.
  package static let latest = Timestamp(microseconds: latestMicroseconds)

  private static let earliestMicroseconds: Int64 = -62_135_596_800_000_000
  private static let latestMicroseconds: Int64 = 253_402_300_799_999_999
  private static let microsecondsPerDay: Int64 = 86_400_000_000

  /// The moment `microseconds` after 1970; beyond the years 0001 to 9999 the nearest one within.
  package init(microseconds: Int64) {
    self.microseconds = min(
      max(microseconds, Self.earliestMicroseconds),
      Self.latestMicroseconds
    )
  }

  /// Reads a date-time of RFC 3339, section 5.6, with any offset.
  ///
  /// Digits beyond microseconds are cut off. A leap second (`:60`) is refused, as POSIX time has
  /// no number for it.
  package init?(rfc3339 text: String) {
    var scanner = DigitScanner(text)
    guard let date = scanner.calendarDate(), scanner.skip("T") || scanner.skip("t"),
      let hour = scanner.number(digits: 2, in: 0...23), scanner.skip(":"),
      let minute = scanner.number(digits: 2, in: 0...59), scanner.skip(":"),
      let second = scanner.number(digits: 2, in: 0...59),
      let fraction = scanner.microsecondFraction(),
      let offsetMinutes = scanner.offsetMinutes(), scanner.isAtEnd
    else { return nil }
    let seconds = hour * 3600 + (minute - offsetMinutes) * 60 + second
    let microseconds =
      Int64(date.daysSince1970) * Self.microsecondsPerDay + Int64(seconds) * 1_000_000
      + Int64(fraction)
    guard (Self.earliestMicroseconds...Self.latestMicroseconds).contains(microseconds) else {
      return nil
    }
    self.init(microseconds: microseconds)
  }

  /// RFC 3339 in UTC, with as many of 0, 3 or 6 fractional digits as needed.
  package var rfc3339: String {
    var text: [UInt8] = []
    text.reserveCapacity(27)
    appendRFC3339(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends `rfc3339` in ASCII.
  func appendRFC3339(to text: inout [UInt8]) {
    let (days, inDay) = daysAndMicroseconds
    let date = CalendarDate(daysSince1970: days)
    let seconds = Int(inDay / 1_000_000)
    let fraction = Int(inDay % 1_000_000)
    // At most 2026-01-31T09:30:00.123456Z.
    text.append(addingCapacity: 27) { digits in
      digits.append(pair: date.year / 100)
      digits.append(pair: date.year % 100)
      digits.append(UInt8(ascii: "-"))
      digits.append(pair: date.month)
      digits.append(UInt8(ascii: "-"))
      digits.append(pair: date.day)
      digits.append(UInt8(ascii: "T"))
      digits.append(pair: seconds / 3600)
      digits.append(UInt8(ascii: ":"))
      digits.append(pair: seconds / 60 % 60)
      digits.append(UInt8(ascii: ":"))
      digits.append(pair: seconds % 60)
      if fraction != 0 {
        digits.append(UInt8(ascii: "."))
        digits.append(pair: fraction / 10_000)
        digits.append(pair: fraction / 100 % 100)
        digits.append(pair: fraction % 100)
        if fraction % 1000 == 0 { digits.removeLast(3) }
      }
      digits.append(UInt8(ascii: "Z"))
    }
  }

  /// The calendar's day in UTC.
  package var utcDate: CalendarDate { CalendarDate(daysSince1970: daysAndMicroseconds.days) }

  private var daysAndMicroseconds: (days: Int, microseconds: Int64) {
    let (quotient, remainder) = microseconds.quotientAndRemainder(
      dividingBy: Self.microsecondsPerDay
    )
    return remainder < 0
      ? (Int(quotient) - 1, remainder + Self.microsecondsPerDay) : (Int(quotient), remainder)
  }

  package static func < (left: Self, right: Self) -> Bool { left.microseconds < right.microseconds }

  package static func - (left: Self, right: Self) -> Duration {
    .microseconds(left.microseconds - right.microseconds)
  }

  /// Stops at `earliest` and `latest`.
  package static func + (time: Self, duration: Duration) -> Self {
    let (seconds, attoseconds) = duration.components
    let (whole, overflowed) = seconds.multipliedReportingOverflow(by: 1_000_000)
    guard !overflowed else { return seconds < 0 ? earliest : latest }
    let (step, stepOverflowed) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000)
    let (sum, sumOverflowed) = time.microseconds.addingReportingOverflow(step)
    guard !stepOverflowed, !sumOverflowed else { return seconds < 0 ? earliest : latest }
    return Timestamp(microseconds: sum)
  }

  /// Stops at `earliest` and `latest`.
  package static func - (time: Self, duration: Duration) -> Self { time + (.zero - duration) }

  package static func += (time: inout Self, duration: Duration) { time = time + duration }
}

extension OutputSpan where Element == UInt8 {
  /// Appends a number of 0 to 99 with two digits.
  fileprivate mutating func append(pair number: Int) {
    append(UInt8(ascii: "0") + UInt8(number / 10))
    append(UInt8(ascii: "0") + UInt8(number % 10))
  }
}
