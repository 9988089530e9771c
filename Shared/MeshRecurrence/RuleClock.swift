/// The times within a period at which a rule has occurrences, in seconds from the start of the period or its day.
///
/// They are the combinations of three lists, of which the last changes first, and are never written out: a hostile
/// rule has 86,400 of them a day.
struct RuleClock {
  private let hours: [Int]
  private let minutes: [Int]
  private let seconds: [Int]

  /// How many there are; at least 1.
  let count: Int

  init(_ rule: RecurrenceRule, start: CivilTime) {
    let frequency = rule.frequency
    let time = start.secondOfDay
    // A list expands periods that are longer than its unit, else it limits them; whole days have no time.
    func expanded(_ list: [Int], _ isExpanding: Bool, _ given: (Int) -> Int) -> [Int] {
      guard isExpanding, let time else { return [0] }
      return list.isEmpty ? [given(time)] : list
    }
    hours = expanded(rule.hours, frequency > .hourly) { $0 / 3600 }
    minutes = expanded(rule.minutes, frequency > .minutely) { $0 / 60 % 60 }
    seconds = expanded(rule.seconds, frequency > .secondly) { $0 % 60 }
    count = hours.count * minutes.count * seconds.count
  }

  /// The time at a place, 0..<count, in ascending order.
  subscript(index: Int) -> Int {
    if count == 1 { return hours[0] * 3600 + minutes[0] * 60 + seconds[0] }
    let (minute, second) = index.quotientAndRemainder(dividingBy: seconds.count)
    let (hour, minuteOfHour) = minute.quotientAndRemainder(dividingBy: minutes.count)
    return hours[hour] * 3600 + minutes[minuteOfHour] * 60 + seconds[second]
  }
}

/// The hours, minutes and seconds that a rule allows for periods shorter than a day.
struct RuleHours {
  private let hours: UInt64
  private let minutes: UInt64
  private let seconds: UInt64
  /// How long a period is, in seconds: 1, 60 or 3600.
  private let unit: Int

  init(_ rule: RecurrenceRule, unit: Int) {
    func mask(_ list: [Int], _ isLimiting: Bool) -> UInt64 {
      !isLimiting || list.isEmpty ? .max : list.reduce(0) { $0 | 1 << UInt64($1) }
    }
    self.unit = unit
    hours = mask(rule.hours, true)
    minutes = mask(rule.minutes, unit < 3600)
    seconds = mask(rule.seconds, unit < 60)
  }

  /// The first allowed time of a day at or after `time`, or an earlier one from which to ask again.
  ///
  /// - Parameter time: seconds since the day's midnight.
  /// - Returns: `time` if it is allowed; 86,400 or more when the day has no more.
  func next(from time: Int) -> Int {
    let hour = time / 3600
    let allowedHour = Self.next(in: hours, from: hour)
    if allowedHour != hour { return min(allowedHour, 24) * 3600 }
    let minute = time / 60 % 60
    let allowedMinute = Self.next(in: minutes, from: minute)
    if allowedMinute != minute { return hour * 3600 + min(allowedMinute, 60) * 60 }
    let second = Self.next(in: seconds, from: time % 60)
    return time - time % 60 + min(second, 60)
  }

  private static func next(in mask: UInt64, from bit: Int) -> Int {
    bit + (mask >> UInt64(bit)).trailingZeroBitCount
  }
}
