import MeshCore

/// The days that a rule allows, a year at a time.
///
/// The start supplies what a rule does not say about days: with `FREQ=MONTHLY` alone, the day of the month. For a rule
/// the calendar has at most 28 different years; the days found for one serve all years like it.
struct RuleDays {
  private let rule: RecurrenceRule
  private var months: DaySet
  private var monthDays: DaySet
  /// Counted from the end of the month, as positive numbers.
  private var lastMonthDays: DaySet
  private var yearDays: DaySet
  private var lastYearDays: DaySet
  /// By the weekday's number.
  private var weekdays: DaySet
  private let ordinals: [RecurrenceRule.OrdinalWeekday]
  private var known: [DaySet?]

  /// Whether years are those of weeks, as `BYWEEKNO` means them.
  var isByWeeks: Bool { !rule.weekNumbers.isEmpty }

  init(_ rule: RecurrenceRule, start: CalendarDate) {
    self.rule = rule
    let defaults = Defaults(rule, start: start)
    let months = rule.months.isEmpty ? defaults.months : rule.months
    let monthDays = rule.monthDays.isEmpty ? defaults.monthDays : rule.monthDays
    let plain = rule.weekdays.filter { $0.ordinal == nil }.map(\.weekday.rawValue)
    self.months = Self.set(months)
    self.monthDays = Self.set(monthDays.filter { $0 > 0 })
    lastMonthDays = Self.set(monthDays.filter { $0 < 0 }.map { -$0 })
    yearDays = Self.set(rule.yearDays.filter { $0 > 0 })
    lastYearDays = Self.set(rule.yearDays.filter { $0 < 0 }.map { -$0 })
    weekdays = Self.set(rule.weekdays.isEmpty ? defaults.weekdays : plain)
    ordinals = rule.weekdays.filter { $0.ordinal != nil }
    known = Array(repeating: nil, count: Year.shapes)
    limitsMonths = !months.isEmpty
    limitsMonthDays = !monthDays.isEmpty
    limitsYearDays = !rule.yearDays.isEmpty
    limitsWeekdays = !rule.weekdays.isEmpty || !defaults.weekdays.isEmpty
  }

  private let limitsMonths, limitsMonthDays, limitsYearDays, limitsWeekdays: Bool

  /// The part that the start supplies, as the rule lacks it.
  private struct Defaults {
    var months: [Int] = []
    var monthDays: [Int] = []
    var weekdays: [Int] = []

    init(_ rule: RecurrenceRule, start: CalendarDate) {
      let saysDay = !rule.weekdays.isEmpty || !rule.monthDays.isEmpty || !rule.yearDays.isEmpty
      switch rule.frequency {
      case .weekly where rule.weekdays.isEmpty, .yearly where !rule.weekNumbers.isEmpty && !saysDay:
        weekdays = [RecurrenceRule.Weekday.number(ofDay: start.daysSince1970)]
      case .monthly where !saysDay: monthDays = [start.day]
      case .yearly where rule.weekNumbers.isEmpty && rule.yearDays.isEmpty && rule.weekdays.isEmpty:
        months = [start.month]
        if rule.monthDays.isEmpty { monthDays = [start.day] }
      default: break
      }
    }
  }

  private static func set(_ numbers: [Int]) -> DaySet {
    var set = DaySet()
    for number in numbers { set.insert(number) }
    return set
  }

  /// The allowed days of a year, or of the weeks of a year.
  mutating func days(of year: Year) -> DaySet {
    let shape = year.shape
    if let days = known[shape] { return days }
    var days = DaySet()
    if isByWeeks {
      let count = year.weeks(rule.weekStart)
      let first = year.firstWeek(rule.weekStart)
      for number in rule.weekNumbers {
        let week = number > 0 ? number - 1 : count + number
        guard week >= 0, week < count else { continue }
        for day in first + 7 * week..<first + 7 * week + 7 where allows(year.first + day) {
          days.insert(day)
        }
      }
    } else {
      for day in 0..<year.length where allows(year.first + day) { days.insert(day) }
    }
    known[shape] = days
    return days
  }

  /// Whether the parts other than `BYWEEKNO` allow a day.
  private func allows(_ day: Int) -> Bool {
    let date = CalendarDate(daysSince1970: day)
    if limitsMonths, !months.contains(date.month) { return false }
    let monthLength = CalendarDate.daysIn(month: date.month, year: date.year)
    if limitsMonthDays, !monthDays.contains(date.day),
      !lastMonthDays.contains(monthLength - date.day + 1)
    {
      return false
    }
    let year = Year(date.year)
    let yearDay = day - year.first + 1
    if limitsYearDays, !yearDays.contains(yearDay),
      !lastYearDays.contains(year.length - yearDay + 1)
    {
      return false
    }
    guard limitsWeekdays else { return true }
    let weekday = RecurrenceRule.Weekday.number(ofDay: day)
    if weekdays.contains(weekday) { return true }
    let isInMonth = rule.frequency == .monthly || !rule.months.isEmpty
    let (place, length) = isInMonth ? (date.day, monthLength) : (yearDay, year.length)
    return ordinals.contains { each in
      each.weekday.rawValue == weekday
        && (each.ordinal == (place - 1) / 7 + 1 || each.ordinal == -((length - place) / 7 + 1))
    }
  }
}
