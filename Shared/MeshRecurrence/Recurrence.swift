package import MeshCore

/// A rule applied from a start, by the clocks of a time zone, with exceptions.
///
/// Nine o'clock stays nine o'clock across daylight saving. The start is an occurrence only if the rule gives it;
/// then it is the first that `COUNT` counts. The time by the rule identifies an exception, which `COUNT` counts too.
package struct Recurrence: Hashable, Sendable {
  /// The most occurrences that may be excluded or moved.
  package static let maxExceptions = 1_000

  package let rule: RecurrenceRule
  /// A time, or a whole day: then all occurrences are whole days.
  package let start: CivilTime
  package let zone: TimeZone
  /// Occurrences of the rule that are left out.
  package let excluded: Set<CivilTime>
  /// The new times of occurrences that were moved.
  package let moved: [CivilTime: CivilTime]

  /// The last time of the rule that may count, on a clock that is never changed.
  let lastWall: Int
  /// The last moment that may count, in seconds since 1970.
  let lastMoment: Int

  /// A recurrence that has an occurrence.
  ///
  /// - Parameters:
  ///   - rule: gives the times.
  ///   - start: the earliest time.
  ///   - zone: the time zone whose clocks count.
  ///   - excluded: occurrences of the rule to leave out.
  ///   - moved: new times of occurrences of the rule; one that is also excluded is left out.
  /// - Throws: `.noOccurrence` when the rule gives no time from the start to its end; when rule and start do
  ///   not fit each other, or an exception does not fit them.
  package init(
    _ rule: RecurrenceRule,
    start: CivilTime,
    zone: TimeZone,
    excluded: Set<CivilTime> = [],
    moved: [CivilTime: CivilTime] = [:]
  ) throws(RecurrenceError) {
    if start.isWholeDay, rule.frequency < .daily {
      throw .invalid(.frequency, "must be DAILY or longer for whole days")
    }
    let (lastWall, lastMoment) = Self.last(of: rule, start: start, zone: zone)
    self.init(rule, start, zone, excluded: [], moved: [:], lastWall, lastMoment)
    guard first != nil else { throw .noOccurrence }
    if !excluded.isEmpty || !moved.isEmpty {
      self = try with(excluded: excluded, moved: moved)
    }
  }

  /// A recurrence of parts that are known to fit each other.
  private init(
    _ rule: RecurrenceRule,
    _ start: CivilTime,
    _ zone: TimeZone,
    excluded: Set<CivilTime>,
    moved: [CivilTime: CivilTime],
    _ lastWall: Int,
    _ lastMoment: Int
  ) {
    self.rule = rule
    self.start = start
    self.zone = zone
    self.excluded = excluded
    self.moved = moved
    self.lastWall = lastWall
    self.lastMoment = lastMoment
  }

  /// The last time and moment that the rule's end allows; with `COUNT`, a search finds them.
  private static func last(
    of rule: RecurrenceRule,
    start: CivilTime,
    zone: TimeZone
  ) -> (wall: Int, moment: Int) {
    func endOfDay(_ wall: Int) -> Int { wall.flooredQuotient(by: 86_400) * 86_400 + 86_399 }
    switch rule.end {
    case .never: return (.max, .max)
    case .count(let count):
      var search = RuleSearch(rule, start: start)
      var last = Int.min
      for _ in 0..<count {
        guard let time = search.nextTime() else { break }
        last = time
      }
      return (last, .max)
    case .until(let time):
      return (time.isWholeDay || start.isWholeDay ? endOfDay(time.wall) : time.wall, .max)
    case .untilMoment(let moment):
      let seconds = Int(moment.secondsSince1970)
      if start.isWholeDay { return (endOfDay(seconds), .max) }
      return (ZoneClock(zone).latestWall(at: seconds), seconds)
    }
  }

  /// The first occurrence; nil when all are excluded.
  package var first: Occurrence? {
    var all = occurrences(from: .earliest)
    return all.next()
  }

  /// The first occurrence after a moment; nil when there is none.
  package func next(after moment: Timestamp) -> Occurrence? {
    var rest = occurrences(from: moment + .microseconds(1))
    return rest.next()
  }

  /// Occurrences from a moment on, in order, computed on demand; they may be endless.
  package func occurrences(from moment: Timestamp) -> Occurrences {
    Occurrences(self, from: moment)
  }

  /// The first occurrences in a range of moments.
  ///
  /// - Parameters:
  ///   - range: of the occurrences' moments.
  ///   - limit: how many at most.
  /// - Returns: the occurrences, in order.
  package func occurrences(in range: Range<Timestamp>, limit: Int) -> [Occurrence] {
    var found: [Occurrence] = []
    var rest = occurrences(from: range.lowerBound)
    while found.count < limit, let each = rest.next(), each.moment < range.upperBound {
      found.append(each)
    }
    return found
  }

  /// The same recurrence without an occurrence of the rule, which may have been moved.
  package func excluding(_ original: CivilTime) throws(RecurrenceError) -> Recurrence {
    try with(excluded: excluded.union([original]), moved: moved)
  }

  /// The same recurrence with an occurrence of the rule at another time, even if it was excluded.
  package func moving(
    _ original: CivilTime,
    to local: CivilTime
  ) throws(RecurrenceError) -> Recurrence {
    var (excluded, moved) = (excluded, moved)
    excluded.remove(original)
    moved[original] = original == local ? nil : local
    return try with(excluded: excluded, moved: moved)
  }

  private func with(
    excluded: Set<CivilTime>,
    moved: [CivilTime: CivilTime]
  ) throws(RecurrenceError) -> Recurrence {
    let moved = moved.filter { !excluded.contains($0.key) }
    guard excluded.count + moved.count <= Self.maxExceptions else { throw .tooManyExceptions }
    var search = RuleSearch(rule, start: start)
    for original in excluded.union(moved.keys) {
      guard gives(original, &search) else { throw .notAnOccurrence(original) }
    }
    if let wrong = moved.values.first(where: { $0.isWholeDay != start.isWholeDay }) {
      throw .mixed(wrong)
    }
    return Recurrence(rule, start, zone, excluded: excluded, moved: moved, lastWall, lastMoment)
  }

  /// Whether the rule gives a time, up to its end.
  private func gives(_ time: CivilTime, _ search: inout RuleSearch) -> Bool {
    guard time.isWholeDay == start.isWholeDay, time.wall <= lastWall else { return false }
    search.seek(from: time.wall, through: time.wall)
    guard search.nextTime() != nil else { return false }
    var clock = ZoneClock(zone)
    return clock.moment(of: time.wall).seconds <= lastMoment
  }

  /// Splits it in two at an occurrence, to change that one and those that follow it.
  ///
  /// Exceptions stay with their occurrences. The parts share the `COUNT`; with any other end, the first part gets an
  /// `UNTIL` and the second keeps the end.
  ///
  /// - Parameter original: an occurrence of the rule, which becomes the second part's start.
  /// - Returns: both parts; no first part when the occurrence is the first of the rule.
  /// - Throws: `.notAnOccurrence`.
  package func split(
    at original: CivilTime
  ) throws(RecurrenceError) -> (before: Recurrence?, following: Recurrence) {
    var search = RuleSearch(rule, start: start)
    guard gives(original, &search) else { throw .notAnOccurrence(original) }
    search.seek(from: start.wall, through: original.wall - 1)
    var count = 0
    if case .count = rule.end {
      while search.nextTime() != nil { count += 1 }
    } else if search.nextTime() != nil {
      count = 1
    }
    var (first, second) = (rule, rule)
    switch rule.end {
    case .count(let all):
      first = rule.ending(.count(max(count, 1)))
      second = rule.ending(.count(all - count))
    case _ where start.isWholeDay:
      first = rule.ending(.until(CivilTime(original.date.advanced(by: -1))))
    default:
      var clock = ZoneClock(zone)
      let last = clock.moment(of: original.wall).seconds - 1
      first = rule.ending(.untilMoment(Timestamp(microseconds: Int64(last) * 1_000_000)))
    }
    let following = try Recurrence(
      second,
      start: original,
      zone: zone,
      excluded: excluded.filter { $0 >= original },
      moved: moved.filter { $0.key >= original }
    )
    if count == 0 { return (nil, following) }
    let before = try Recurrence(
      first,
      start: start,
      zone: zone,
      excluded: excluded.filter { $0 < original },
      moved: moved.filter { $0.key < original }
    )
    return (before, following)
  }
}
