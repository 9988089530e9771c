package import MeshCore

/// One time of a recurrence.
package struct Occurrence: Hashable, Sendable {
  /// The time by the rule, which identifies it when it is excluded, moved or split at, like a RECURRENCE-ID.
  package let original: CivilTime
  /// The time to which it was moved, or else `original`.
  package let local: CivilTime
  /// When clocks in the recurrence's zone show `local`; for a whole day, its midnight.
  package let moment: Timestamp

  package var isMoved: Bool { local != original }
}

/// Occurrences from a moment on, in the order of their moments, computed on demand.
///
/// A moment that the rule gives twice, because clocks skip an hour, is one occurrence.
package struct Occurrences: Sequence, IteratorProtocol {
  private let from: Int
  private let through: Int
  private let isWholeDay: Bool
  private var search: RuleSearch
  private var clock: ZoneClock
  private let exceptions: Set<Int>

  /// The next occurrence whose time clocks show.
  private var shown: Occurrence?
  /// Occurrences whose time clocks skip, which may come after others that the rule gives later.
  private var skipped: ArraySlice<Occurrence> = []
  private var moved: ArraySlice<Occurrence>

  init(_ recurrence: Recurrence, from moment: Timestamp) {
    clock = ZoneClock(recurrence.zone)
    // The first whole second from the moment on.
    from = -Int(-moment.microseconds).flooredQuotient(by: 1_000_000)
    isWholeDay = recurrence.start.isWholeDay
    search = RuleSearch(recurrence.rule, start: recurrence.start)
    search.seek(from: clock.earliestWall(at: from), through: recurrence.lastWall)
    through = recurrence.lastMoment
    exceptions = Set(recurrence.excluded.map(\.wall) + recurrence.moved.keys.map(\.wall))
    moved = []
    moved =
      recurrence.moved.map { occurrence($0.key, at: $0.value) }
      .filter { $0.moment >= moment }
      .sorted { ($0.moment, $0.original) < ($1.moment, $1.original) }[...]
  }

  package mutating func next() -> Occurrence? {
    if shown == nil { shown = nextShown() }
    if let early = skipped.first, shown.map({ early.moment < $0.moment }) ?? true {
      if let first = moved.first, first.moment < early.moment { return moved.popFirst() }
      return skipped.popFirst()
    }
    if let first = moved.first, shown.map({ first.moment < $0.moment }) ?? true {
      return moved.popFirst()
    }
    defer { shown = nil }
    if let early = skipped.first, early.moment == shown?.moment { skipped.removeFirst() }
    return shown
  }

  /// Takes times of the rule up to one that clocks show, and puts skipped times aside.
  private mutating func nextShown() -> Occurrence? {
    while let wall = search.nextTime() {
      if !exceptions.isEmpty, exceptions.contains(wall) { continue }
      let (seconds, isSkipped) = clock.moment(of: wall)
      guard seconds >= from, seconds <= through else { continue }
      let local = CivilTime(wall: wall, isWholeDay: isWholeDay)
      let moment = Timestamp(microseconds: Int64(seconds) * 1_000_000)
      let occurrence = Occurrence(original: local, local: local, moment: moment)
      if !isSkipped { return occurrence }
      skipped.append(occurrence)
    }
    return nil
  }

  private mutating func occurrence(_ original: CivilTime, at local: CivilTime) -> Occurrence {
    let seconds = clock.moment(of: local.wall).seconds
    return Occurrence(
      original: original,
      local: local,
      moment: Timestamp(microseconds: Int64(seconds) * 1_000_000)
    )
  }
}
