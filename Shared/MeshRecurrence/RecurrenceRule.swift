package import MeshCore

/// A rule by which something recurs: the value of an RRULE (RFC 5545, section 3.3.10).
///
/// Lists are in ascending order without repetition, and empty when the text lacks the part. Equal rules have
/// equal descriptions.
package struct RecurrenceRule: Hashable, Sendable, CustomStringConvertible {
  package enum Frequency: String, Sendable, CaseIterable, Comparable {
    case secondly = "SECONDLY"
    case minutely = "MINUTELY"
    case hourly = "HOURLY"
    case daily = "DAILY"
    case weekly = "WEEKLY"
    case monthly = "MONTHLY"
    case yearly = "YEARLY"

    private var rank: Int {
      switch self {
      case .secondly: 0
      case .minutely: 1
      case .hourly: 2
      case .daily: 3
      case .weekly: 4
      case .monthly: 5
      case .yearly: 6
      }
    }

    /// The more frequent comes first.
    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
  }

  package enum Weekday: Int, Sendable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// As in `MO`.
    package var code: String { ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][rawValue] }

    init?(code: Substring) {
      guard let day = Self.allCases.first(where: { code.equalsASCII($0.code) }) else { return nil }
      self = day
    }

    /// The weekday of a day since 1970, which began on a Thursday.
    static func number(ofDay day: Int) -> Int { (day + 3).flooredRemainder(by: 7) }
  }

  /// A day of the week: each one of the period, or the one at `ordinal`.
  package struct OrdinalWeekday: Hashable, Sendable {
    /// 1...53 from the front of the month or year, -53...(-1) from its end; nil for each.
    package let ordinal: Int?
    package let weekday: Weekday
  }

  package enum End: Hashable, Sendable {
    case never
    /// After so many occurrences, 1...10,000.
    case count(Int)
    /// With the last occurrence at or before that time in the recurrence's zone; a day counts as a whole.
    case until(CivilTime)
    /// With the last occurrence at or before that moment; for whole days, on or before its day in UTC.
    case untilMoment(Timestamp)
  }

  /// The most bytes of a text.
  package static let maxBytes = 1024
  /// The largest `COUNT`.
  package static let maxCount = 10_000
  /// The largest `INTERVAL`.
  package static let maxInterval = 99_999_999

  package let frequency: Frequency
  /// 1...99,999,999.
  package let interval: Int
  package let end: End
  /// 1...12.
  package let months: [Int]
  /// 1...53 and -53...(-1): weeks with at least four days in the year, by `weekStart`.
  package let weekNumbers: [Int]
  /// 1...366 and -366...(-1).
  package let yearDays: [Int]
  /// 1...31 and -31...(-1).
  package let monthDays: [Int]
  package let weekdays: [OrdinalWeekday]
  /// 0...23.
  package let hours: [Int]
  /// 0...59.
  package let minutes: [Int]
  /// 0...59; a leap second in the text is read as the 59th.
  package let seconds: [Int]
  /// 1...366 and -366...(-1): the places of the occurrences that count in a period.
  package let positions: [Int]
  package let weekStart: Weekday

  /// Reads the text of a rule, with or without `RRULE:` in front, in either case.
  ///
  /// - Throws: the first part that breaks a rule of section 3.3.10 or a limit of this type.
  package init(_ text: String) throws(RecurrenceError) {
    self = try RuleParser.rule(text)
  }

  init(
    frequency: Frequency,
    interval: Int,
    end: End,
    lists: [RulePart: [Int]],
    weekdays: [OrdinalWeekday],
    weekStart: Weekday
  ) {
    self.frequency = frequency
    self.interval = interval
    self.end = end
    months = lists[.months] ?? []
    weekNumbers = lists[.weekNumbers] ?? []
    yearDays = lists[.yearDays] ?? []
    monthDays = lists[.monthDays] ?? []
    self.weekdays = weekdays
    hours = lists[.hours] ?? []
    minutes = lists[.minutes] ?? []
    seconds = lists[.seconds] ?? []
    positions = lists[.positions] ?? []
    self.weekStart = weekStart
  }

  /// The same rule with another end.
  func ending(_ end: End) -> RecurrenceRule {
    RecurrenceRule(
      frequency: frequency,
      interval: interval,
      end: end,
      lists: lists,
      weekdays: weekdays,
      weekStart: weekStart
    )
  }

  private var lists: [RulePart: [Int]] {
    [
      .months: months, .weekNumbers: weekNumbers, .yearDays: yearDays, .monthDays: monthDays,
      .hours: hours, .minutes: minutes, .seconds: seconds, .positions: positions,
    ]
  }

  /// The canonical text, which reads as an equal rule; it omits parts with their default value.
  package var description: String {
    var parts = ["FREQ=\(frequency.rawValue)"]
    if interval != 1 { parts.append("INTERVAL=\(interval)") }
    switch end {
    case .never: break
    case .count(let count): parts.append("COUNT=\(count)")
    case .until(let time): parts.append("UNTIL=\(time)")
    case .untilMoment(let moment):
      let time = CivilTime(wall: Int(moment.secondsSince1970), isWholeDay: false)
      parts.append("UNTIL=\(time)Z")
    }
    func add(_ part: RulePart, _ values: [Int]) {
      if values.isEmpty { return }
      parts.append("\(part.rawValue)=\(values.map(String.init).joined(separator: ","))")
    }
    add(.months, months)
    add(.weekNumbers, weekNumbers)
    add(.yearDays, yearDays)
    add(.monthDays, monthDays)
    if !weekdays.isEmpty {
      let days = weekdays.map { ($0.ordinal.map(String.init) ?? "") + $0.weekday.code }
      parts.append("BYDAY=\(days.joined(separator: ","))")
    }
    add(.hours, hours)
    add(.minutes, minutes)
    add(.seconds, seconds)
    add(.positions, positions)
    if weekStart != .monday { parts.append("WKST=\(weekStart.code)") }
    return parts.joined(separator: ";")
  }
}
