package import MeshCore

/// A day of a file, with a time of day and a zone if it says any.
package struct DateValue: Hashable, Sendable {
  package let day: CalendarDate
  /// Microseconds after midnight; nil when there is only a day.
  package let timeOfDay: Int64?
  /// Seconds east of Greenwich; nil when the file does not say.
  package let offset: Int?

  package init(day: CalendarDate, timeOfDay: Int64? = nil, offset: Int? = nil) {
    self.day = day
    self.timeOfDay = timeOfDay
    self.offset = offset
  }

  /// A moment counted in UTC.
  init(_ time: Timestamp) {
    let days = Int((time.microseconds - Self.past(time.microseconds)) / Self.microsecondsPerDay)
    self.init(
      day: CalendarDate(daysSince1970: days),
      timeOfDay: Self.past(time.microseconds),
      offset: 0
    )
  }

  /// The moment, or the beginning of the day if it has no time.
  ///
  /// - Parameter zone: of times that say none.
  /// - Returns: the moment.
  package func timestamp(in zone: TimeZone) -> Timestamp {
    let local = Timestamp(
      microseconds: Int64(day.daysSince1970) * Self.microsecondsPerDay + (timeOfDay ?? 0)
    )
    if let offset { return local - .seconds(offset) }
    let near = local - .seconds(zone.offset(at: local))
    return local - .seconds(zone.offset(at: near))
  }

  /// The day where a moment with a zone falls in `zone`, and otherwise the day that is written.
  package func day(in zone: TimeZone) -> CalendarDate {
    guard timeOfDay != nil, offset != nil else { return day }
    let time = timestamp(in: zone)
    return (time + .seconds(zone.offset(at: time))).utcDate
  }

  static let microsecondsPerDay: Int64 = 86_400_000_000

  private static func past(_ microseconds: Int64) -> Int64 {
    let rest = microseconds % microsecondsPerDay
    return rest < 0 ? rest + microsecondsPerDay : rest
  }
}
