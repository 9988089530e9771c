/// A number of minutes in words, in the largest unit of which it is a whole number: "90 minutes", "2 days".
package enum SpanText {
  private static let units: [(minutes: Int32, name: String)] = [
    (10_080, "week"), (1_440, "day"), (60, "hour"), (1, "minute"),
  ]

  /// How far ahead a moment is: "In 90 minutes"; "Now" for 0.
  package static func ahead(minutes: Int32) -> String {
    minutes == 0 ? "Now" : "In \(of(minutes: minutes))"
  }

  package static func of(minutes: Int32) -> String {
    let unit = units.first { minutes != 0 && minutes % $0.minutes == 0 } ?? (1, "minute")
    let count = minutes / unit.minutes
    return "\(count) \(unit.name)\(count == 1 ? "" : "s")"
  }
}
