import MeshCore

/// Finds the times that a rule gives, in ascending order, ignoring its end and changes of clocks.
///
/// The search goes from period to period: years, ..., seconds. A step looks at one period, or passes over all
/// periods of a year, day, hour or minute that the rule does not allow. It may take 25,000 steps and ten
/// more for each time that it finds; then it ends, as it does with the year 9999. So a hostile rule costs
/// a millisecond or two. Usual rules need a few steps for each time, and a few hundred where years are passed over.
struct RuleSearch {
  static let maxSteps = 25_000
  static let stepsPerTime = 10
  /// 9999-12-30, so that times of every zone are within the calendar.
  private static let lastDay = 2_932_895

  private let frequency: RecurrenceRule.Frequency
  private let interval: Int
  private let positions: [Int]
  private let weekStart: RecurrenceRule.Weekday
  private var days: RuleDays
  private let clock: RuleClock
  private let hours: RuleHours
  /// The length of a period shorter than a day in seconds; else that of a day.
  private let unit: Int
  private let start: Int
  private var floor = 0
  private var ceiling = 0

  private var year: Year
  private var daysOfYear: DaySet
  /// A period that counts; every `interval`th from it does.
  private var origin = 0
  /// The period to look at next, counted as its frequency does: in years, in months of the calendar, in weeks,
  /// days, hours, minutes or seconds since 1970.
  private var period = 0
  private var lastPeriod = 0
  private var steps = 0

  /// Where the days of the present period begin; for one shorter than a day, where it begins itself.
  private var begins: [Int] = []
  /// The places that `BYSETPOS` picks of the present period.
  private var picked: [Int] = []
  private var next = 0
  private var count = 0

  /// - Parameters:
  ///   - rule: its end is ignored.
  ///   - start: where the rule begins; no time is before it.
  init(_ rule: RecurrenceRule, start: CivilTime) {
    frequency = rule.frequency
    interval = rule.interval
    positions = rule.positions
    weekStart = rule.weekStart
    days = RuleDays(rule, start: start.date)
    clock = RuleClock(rule, start: start)
    switch rule.frequency {
    case .secondly: unit = 1
    case .minutely: unit = 60
    case .hourly: unit = 3600
    default: unit = 86_400
    }
    hours = RuleHours(rule, unit: unit)
    self.start = start.wall
    year = Year(start.date.year)
    daysOfYear = days.days(of: year)
    origin = period(at: start.wall)
    if rule.frequency == .yearly, days.isByWeeks { origin = weekYear(of: start.date) }
    seek(from: start.wall, through: .max)
  }

  /// Begins the search anew, for times from one to another.
  mutating func seek(from floor: Int, through ceiling: Int) {
    self.floor = max(floor, start)
    self.ceiling = min(ceiling, Self.lastDay * 86_400 + 86_399)
    steps = 0
    next = 0
    count = 0
    guard self.floor <= self.ceiling else {
      steps = .max
      return
    }
    period = period(at: self.floor)
    lastPeriod = period(at: self.ceiling)
  }

  /// The year from which years of weeks are counted.
  ///
  /// It is the one with the start's week if that has occurrences from the start on, else the calendar's year.
  private mutating func weekYear(of start: CalendarDate) -> Int {
    let day = start.daysSince1970
    let year = Year(Year.ofWeek(with: day, weekStart))
    return days.days(of: year).next(from: day - year.first) == nil ? start.year : year.number
  }

  /// The next time; nil at the end of the search.
  mutating func nextTime() -> Int? {
    while true {
      if next < count {
        let index = picked.isEmpty ? next : picked[next]
        next += 1
        let time = self[index]
        if time < floor { continue }
        guard time <= ceiling else {
          steps = .max
          count = 0
          return nil
        }
        steps = max(steps - Self.stepsPerTime, 0)
        return time
      }
      guard findPeriod() else { return nil }
    }
  }

  /// The time at a place of the present period.
  private subscript(index: Int) -> Int {
    if clock.count == 1 { return begins[index] + clock[0] }
    let (day, time) = index.quotientAndRemainder(dividingBy: clock.count)
    return begins[day] + clock[time]
  }

  /// Goes to the next period that has times.
  private mutating func findPeriod() -> Bool {
    while steps < Self.maxSteps {
      steps += 1
      period += (origin - period).flooredRemainder(by: interval)
      if period > lastPeriod {
        steps = .max
        break
      }
      begins.removeAll(keepingCapacity: true)
      let here = period
      if frequency == .yearly {
        collectYear()
      } else if frequency >= .daily {
        collectDays()
      } else {
        collectTime()
      }
      if begins.isEmpty { continue }
      period = here + 1
      if pick() { return true }
      // This period has no time.
      steps += begins.count
    }
    return false
  }

  private mutating func collectYear() {
    let year = Year(period)
    let days = days.days(of: year)
    var day = days.next(from: -7)
    while let each = day {
      begins.append((year.first + each) * 86_400)
      day = days.next(from: each + 1)
    }
    period += 1
  }

  /// Collects the days of a month, a week or a day; without any, the next period is one that may have some.
  private mutating func collectDays() {
    let first: Int
    let end: Int
    switch frequency {
    case .monthly:
      first = Self.firstDay(ofMonth: period)
      end = Self.firstDay(ofMonth: period + 1)
    case .weekly:
      first = period * 7 - 3 + weekStart.rawValue
      end = first + 7
    default: (first, end) = (period, period + 1)
    }
    var day = first
    while true {
      day = allowedDay(from: day)
      if day >= end { break }
      if isAllowed(day) { begins.append(day * 86_400) }
      day += 1
    }
    if begins.isEmpty { period = max(period + 1, period(at: day * 86_400)) }
  }

  /// Takes a period shorter than a day, or goes on to one that may be allowed.
  private mutating func collectTime() {
    let time = period * unit
    let day = time.flooredQuotient(by: 86_400)
    guard isAllowed(day) else {
      period = allowedDay(from: day + 1) * (86_400 / unit)
      return
    }
    let ofDay = time - day * 86_400
    let allowed = hours.next(from: ofDay)
    if allowed == ofDay {
      begins.append(time)
    } else {
      period = (day * 86_400 + allowed) / unit
    }
  }

  /// Whether the present period has a time from the floor on, and which are picked.
  private mutating func pick() -> Bool {
    next = 0
    picked.removeAll(keepingCapacity: true)
    count = begins.count * clock.count
    if !positions.isEmpty {
      for position in positions {
        let index = position > 0 ? position - 1 : count + position
        if index >= 0, index < count { picked.append(index) }
      }
      picked.sort()
      count = 0
      for index in picked where count == 0 || picked[count - 1] != index {
        picked[count] = index
        count += 1
      }
    } else if self[0] < floor {
      // The first of the period that is not before the floor.
      var end = count
      while next < end {
        let middle = (next + end) / 2
        if self[middle] < floor { next = middle + 1 } else { end = middle }
      }
    }
    return next < count
  }

  /// The period that a time is in.
  private func period(at time: Int) -> Int {
    let day = time.flooredQuotient(by: 86_400)
    switch frequency {
    case .yearly:
      return days.isByWeeks ? Year.ofWeek(with: day, weekStart) : Year(ofDay: day).number
    case .monthly:
      let date = CalendarDate(daysSince1970: day)
      return 12 * date.year + date.month - 1
    case .weekly: return (day + 3 - weekStart.rawValue).flooredQuotient(by: 7)
    default: return time.flooredQuotient(by: unit)
    }
  }

  private static func firstDay(ofMonth month: Int) -> Int {
    CalendarDate.daysSince1970(year: month / 12, month: month % 12 + 1, day: 1)
  }

  private mutating func isAllowed(_ day: Int) -> Bool {
    goToYear(of: day)
    return daysOfYear.contains(day - year.first)
  }

  /// The first allowed day from `day` on in the same year, or the next year's first day, allowed or not.
  private mutating func allowedDay(from day: Int) -> Int {
    goToYear(of: day)
    return year.first + (daysOfYear.next(from: day - year.first) ?? year.length)
  }

  private mutating func goToYear(of day: Int) {
    if day >= year.first, day - year.first < 365 { return }
    let other = Year(ofDay: day)
    if other.number == year.number { return }
    year = other
    daysOfYear = days.days(of: other)
  }
}
