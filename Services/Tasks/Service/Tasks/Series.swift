import MeshCore
import MeshRecords
import MeshRecurrence
import TasksAPI

extension Recurrence {
  /// How a task recurs.
  ///
  /// - Parameters:
  ///   - text: a rule of RFC 5545.
  ///   - start: when the first instance is due.
  ///   - zone: the time zone whose clocks count.
  /// - Throws: `RecurrenceError`, also for a rule that recurs more often than hourly.
  init(_ text: String, from start: Timestamp, _ zone: TimeZone) throws(RecurrenceError) {
    let rule = try RecurrenceRule(text)
    if rule.frequency < .hourly || rule.minutes.count > 1 || rule.seconds.count > 1 {
      throw .invalid(.frequency, "must be HOURLY or longer, at one minute of the hour")
    }
    try self.init(rule, start: CivilTime(at: start, in: zone), zone: zone)
  }
}

extension Task {
  /// When the next instance is due; nil for a task that does not recur, and at the end of the series.
  ///
  /// A series that goes by dates skips instances that were due more than 31 days before `now`.
  func nextTime(at now: Timestamp) -> Timestamp? {
    guard let start = seriesStart, let time = seriesTime else { return nil }
    let zone = TimeZone(dueTimeZone) ?? .utc
    let last = recurrenceParts.nextOn == "date" ? max(time, now - .seconds(31 * 86_400)) : time
    return try? Recurrence(recurrenceParts.rule, from: start, zone).next(after: last)?.moment
  }

  /// Begins, keeps or ends the series that it belongs to.
  ///
  /// - Parameters:
  ///   - before: as it was; nil for a new one.
  ///   - begins: whether another series begins with it in any case.
  ///   - check: collects faults.
  mutating func settleSeries(before: Task?, begins: Bool, _ check: inout FieldCheck) {
    guard !recurrenceParts.rule.isEmpty else {
      recurrence = nil
      (seriesId, seriesStart, seriesTime) = (nil, nil, nil)
      return
    }
    if recurrenceParts.nextOn.isEmpty { recurrenceParts.nextOn = "completion" }
    guard let due = dueTime else {
      return check.refuse("due_time", "must be set for a task that recurs")
    }
    let isSame =
      before?.recurrenceParts.rule == recurrenceParts.rule && before?.dueTimeZone == dueTimeZone
    if isSame, seriesTime != nil, !begins { return }
    (seriesId, seriesStart, seriesTime) = (id, due, due)
    guard check.isFine("recurrence.rule"), let zone = TimeZone(dueTimeZone) else { return }
    do throws(RecurrenceError) {
      _ = try Recurrence(recurrenceParts.rule, from: due, zone)
    } catch {
      check.refuse("recurrence.rule", error.description)
    }
  }

  /// The task, as an open instance of a series.
  func openInstance() throws(SeriesFault) -> Task {
    guard seriesId != nil else { throw .isNone }
    if closed { throw .isClosed }
    return self
  }

  /// A draft of the next instance, due at a time, with what people filled in.
  func following(at time: Timestamp) -> Task {
    var next = self
    (next.status, next.dueTime) = ("", time)
    if let start = startTime, let due = dueTime { next.startTime = time + (start - due) }
    next.checklist = checklist.map { TaskChecklistItem(text: $0.text) }
    return next
  }
}

enum SeriesFault: ClientError {
  case isNone, isClosed, isOthers, isLong(Int)

  var meshError: MeshError {
    switch self {
    case .isNone: .invalid("id", "must be an instance of a series")
    case .isClosed: .invalid("id", "must be a task that is open")
    case .isLong(let most): .invalid("id", "must be one that at most \(most) open ones follow")
    case .isOthers:
      .permissionDenied("you may not delete all open instances that follow, as a split does")
    }
  }
}
