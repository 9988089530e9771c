/// A moment as a sentence names it, on the clocks of a time zone: "2026-01-05 17:00 (Europe/Berlin)".
package enum MomentText {
  package static func of(_ time: Timestamp, in zone: TimeZone) -> String {
    let seconds = (time + .seconds(zone.offset(at: time))).secondsSince1970
    // Counted from midnight also before 1970.
    let minute = ((seconds % 86_400 + 86_400) % 86_400) / 60
    let clock = "\(twoDigits(minute / 60)):\(twoDigits(minute % 60))"
    return "\(zone.date(at: time)) \(clock) (\(zone.name))"
  }

  private static func twoDigits(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
