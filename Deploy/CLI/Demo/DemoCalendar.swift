import MeshCore

/// The days around a moment by the clocks of a demo tenant.
struct DemoCalendar: Sendable {
  let today: CalendarDate
  private let zone: TimeZone

  /// - Parameters:
  ///   - zone: an IANA name; UTC where the system has no such zone.
  ///   - now: the moment.
  init(_ zone: String, at now: Timestamp) {
    self.zone = TimeZone(zone) ?? .utc
    today = self.zone.date(at: now)
  }

  /// The day that is so many working days after today, or before; 0 is today, whichever day that is.
  func day(_ workdays: Int) -> CalendarDate {
    var day = today
    var left = abs(workdays)
    while left > 0 {
      day = day.advanced(by: workdays.signum())
      if day.weekday < 5 { left -= 1 }
    }
    return day
  }

  /// The first day after today for which something holds, within the next two months; otherwise the last of these.
  func next(_ holds: (CalendarDate) -> Bool) -> CalendarDate {
    let days = (1...62).map(today.advanced)
    return days.first(where: holds) ?? days[days.count - 1]
  }

  /// A time of a working day, counted as by `day`.
  func time(_ workdays: Int, _ hour: Int, _ minute: Int = 0) -> Timestamp {
    time(day(workdays), hour, minute)
  }

  /// A time of a day.
  func time(_ day: CalendarDate, _ hour: Int, _ minute: Int = 0) -> Timestamp {
    let seconds = Int64(day.daysSince1970) * 86_400 + Int64(hour * 3_600 + minute * 60)
    let clocks = Timestamp(microseconds: seconds * 1_000_000)
    // The offset at that moment, for which the one by the clocks is near enough but at the night of a change.
    let near = clocks - .seconds(zone.offset(at: clocks))
    return clocks - .seconds(zone.offset(at: near))
  }
}

extension CalendarDate {
  /// 0 for Monday to 6 for Sunday.
  var weekday: Int { (daysSince1970 % 7 + 10) % 7 }
}
