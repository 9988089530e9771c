import MeshCore

/// Days in and around one year, by their distance from its January 1st: -7...376.
///
/// This leaves room for the weeks of a year, which begin up to three days before it and end as many after it.
struct DaySet {
  private var words = InlineArray<6, UInt64>(repeating: 0)

  private static let first = -7
  private static let last = 376

  mutating func insert(_ day: Int) {
    let bit = day - Self.first
    words[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  func contains(_ day: Int) -> Bool {
    guard day >= Self.first, day <= Self.last else { return false }
    let bit = day - Self.first
    return words[bit >> 6] >> UInt64(bit & 63) & 1 == 1
  }

  /// The first of its days that is not before `day`; nil when there is none.
  func next(from day: Int) -> Int? {
    let bit = max(day - Self.first, 0)
    var index = bit >> 6
    guard index < 6 else { return nil }
    var word = words[index] & (.max << UInt64(bit & 63))
    while word == 0 {
      index += 1
      guard index < 6 else { return nil }
      word = words[index]
    }
    return index << 6 + word.trailingZeroBitCount + Self.first
  }
}

/// A year of the calendar, and of weeks.
struct Year {
  let number: Int
  /// Its January 1st in days since 1970.
  let first: Int

  init(_ number: Int) {
    self.number = number
    first = CalendarDate.daysSince1970(year: number, month: 1, day: 1)
  }

  init(ofDay day: Int) { self.init(CalendarDate(daysSince1970: day).year) }

  var length: Int { CalendarDate.isLeap(number) ? 366 : 365 }

  /// How far its first week is from its January 1st: -3...3.
  ///
  /// A year's first week is the first with at least four days in it.
  func firstWeek(_ weekStart: RecurrenceRule.Weekday) -> Int {
    let before = (RecurrenceRule.Weekday.number(ofDay: first) - weekStart.rawValue)
      .flooredRemainder(by: 7)
    return before <= 3 ? -before : 7 - before
  }

  /// 52 or 53.
  func weeks(_ weekStart: RecurrenceRule.Weekday) -> Int {
    let next = Year(number + 1)
    return (length + next.firstWeek(weekStart) - firstWeek(weekStart)) / 7
  }

  /// The year that has the week of a day.
  static func ofWeek(with day: Int, _ weekStart: RecurrenceRule.Weekday) -> Int {
    let weekday = (RecurrenceRule.Weekday.number(ofDay: day) - weekStart.rawValue)
      .flooredRemainder(by: 7)
    // The week's fourth day.
    return CalendarDate(daysSince1970: day - weekday + 3).year
  }

  /// Equal for years whose days a rule treats alike: the weekday it begins with, and whether the years
  /// before, of and after it are leap years.
  var shape: Int {
    let leaps = (-1...1).reduce(0) { $0 << 1 | (CalendarDate.isLeap(number + $1) ? 1 : 0) }
    return RecurrenceRule.Weekday.number(ofDay: first) << 3 | leaps
  }

  static let shapes = 56
}
