package import MeshCore

extension WriteTransaction {
  /// Sets a timer, which acts once at its moment if this transaction commits.
  ///
  /// It replaces a timer of the same name and key, even one that is due. A timer whose moment has passed acts at once.
  ///
  /// - Parameters:
  ///   - name: of its `TimerKind`.
  ///   - key: identifies it among those of its name in the tenant, such as the id of a record: 1 to 200 visible
  ///     characters of ASCII.
  ///   - time: the moment.
  ///   - payload: for the action, 4 KiB at most.
  /// - Throws: `.refused` for an invalid key; RESOURCE_EXHAUSTED for a larger payload.
  package func setTimer(
    _ name: String,
    key: String,
    at time: Timestamp,
    payload: [UInt8] = []
  ) throws {
    try StoredTimer.check(name, key)
    guard payload.count <= StoredTimer.mostPayloadBytes else {
      throw MeshError.tooLarge("the timer's payload has more than 4 KiB")
    }
    session.noteTimerEdit()
    try session.postOwn(
      """
      INSERT INTO main.mesh_timers (
        tenant_id, name, timer_key, due, payload, status, wake_time, attempts, error
      ) VALUES (
        \(tenant), \(name), \(key), \(time), \(payload), \(StoredTimer.Status.waiting.rawValue),
        \(time), 0, ''
      )
      ON CONFLICT (tenant_id, name, timer_key) DO UPDATE SET
        due = excluded.due, payload = excluded.payload, status = excluded.status,
        wake_time = excluded.wake_time, attempts = excluded.attempts, error = excluded.error
      """
    )
  }

  /// Deletes a timer, if there is one, even if it is due, failing or dead.
  package func cancelTimer(_ name: String, key: String) throws {
    try StoredTimer.check(name, key)
    session.noteTimerEdit()
    try session.postOwn(
      """
      DELETE FROM main.mesh_timers
      WHERE tenant_id = \(tenant) AND name = \(name) AND timer_key = \(key)
      """
    )
  }

  /// Sets or deletes the timer of a moment that follows from a record, after a change of it.
  ///
  /// - Parameters:
  ///   - name: of its `TimerKind`.
  ///   - key: as for `setTimer`.
  ///   - old: the moment before the change; nil for none.
  ///   - new: the moment after it; nil for none. One that has passed sets no timer.
  /// - Throws: as `setTimer`.
  package func moveTimer(
    _ name: String,
    key: String,
    from old: Timestamp?,
    to new: Timestamp?
  ) throws {
    if new == old { return }
    if let new, new > now {
      try setTimer(name, key: key, at: new)
    } else if old != nil {
      try cancelTimer(name, key: key)
    }
  }

  /// Deletes all timers of a name whose keys have a prefix.
  package func cancelTimers(_ name: String, keyPrefix: String) throws {
    try StoredTimer.check(name, keyPrefix)
    session.noteTimerEdit()
    // Keys are ASCII, so that no key with the prefix comes after this one.
    let end = keyPrefix + "\u{7f}"
    try session.postOwn(
      """
      DELETE FROM main.mesh_timers
      WHERE tenant_id = \(tenant) AND name = \(name)
        AND timer_key >= \(keyPrefix) AND timer_key < \(end)
      """
    )
  }

  // MARK: Taking due timers

  /// Takes due timers that have not failed before, in the order of their moments, and deletes each with its action.
  ///
  /// - Parameters:
  ///   - most: how many at most.
  ///   - action: of a timer; it may cancel others or set them anew, which are then not taken.
  /// - Returns: how many were due; there may be more when that is `most`.
  /// - Throws: what the action throws; the transaction must not commit then.
  package func takeTimers(upTo most: Int, _ action: (StoredTimer) throws -> Void) throws -> Int {
    let due = try dueTimers(.waiting, at: now, limit: most)
    let edits = session.timerEdits
    for timer in due {
      // What was read is still there, unless an action has changed it. Where another transaction does, one of
      // the two begins again.
      if session.timerEdits == edits {
        try session.postOwn(removal(of: timer))
      } else {
        guard try take(timer) else { continue }
      }
      try action(timer)
    }
    return due.count
  }

  /// Takes a timer, if it is still as it was read.
  ///
  /// - Returns: false when it was taken, cancelled or set anew since.
  package func take(_ timer: StoredTimer) throws -> Bool {
    try session.runOwn(removal(of: timer)) == 1
  }

  /// Notes that a timer has failed, if it is still as it was read.
  ///
  /// - Parameters:
  ///   - timer: as it was read.
  ///   - error: why, without personal data.
  ///   - wait: until the next try; nil for none.
  /// - Throws: `StoreError`.
  package func putOff(_ timer: StoredTimer, _ error: String, for wait: Duration?) throws {
    let status: StoredTimer.Status = wait == nil ? .dead : .failing
    try session.postOwn(
      """
      UPDATE main.mesh_timers SET
        status = \(status.rawValue), wake_time = \(now + (wait ?? .zero)),
        attempts = \(timer.attempts + 1), error = \(error)
      WHERE \(same(timer))
      """
    )
  }

  private func removal(of timer: StoredTimer) -> SQL {
    "DELETE FROM main.mesh_timers WHERE \(same(timer))"
  }

  private func same(_ timer: StoredTimer) -> SQL {
    """
    tenant_id = \(tenant) AND name = \(timer.name) AND timer_key = \(timer.key)
      AND due = \(timer.due) AND attempts = \(timer.attempts)
    """
  }
}

extension ReadTransaction {
  /// The moment of a timer; nil when there is none, or it has been taken.
  package func timer(_ name: String, key: String) throws -> Timestamp? {
    try session.firstOwn(
      """
      SELECT due FROM main.mesh_timers
      WHERE tenant_id = \(tenant) AND name = \(name) AND timer_key = \(key)
      """
    ) { row in try row.next(Timestamp.self) }
  }

  /// Timers that may be taken now, by their moments; those that have failed, by their next try.
  package func dueTimers(
    _ status: StoredTimer.Status,
    at now: Timestamp,
    limit: Int
  ) throws -> [StoredTimer] {
    var found: [StoredTimer] = []
    for condition in StoredTimer.due(status, at: now) {
      try session.runOwn(
        """
        SELECT \(StoredTimer.columns) FROM main.mesh_timers
        WHERE tenant_id = \(tenant) AND \(condition) ORDER BY wake_time LIMIT \(limit - found.count)
        """
      ) { row in
        found.append(try StoredTimer(&row))
        return true
      }
    }
    return found
  }
}

extension StoredTimer {
  /// Conditions, one of which a timer meets that may be taken, as ranges of the indexes by `wake_time`.
  ///
  /// They include a failed timer that waits for longer than any would: the clock was set back.
  static func due(_ status: Status, at now: Timestamp) -> [SQL] {
    let number = status.rawValue
    let hasCome: SQL = "status = \(number) AND wake_time <= \(now)"
    switch status {
    case .waiting: return [hasCome]
    case .failing:
      return [hasCome, "status = \(number) AND wake_time > \(now + longestWait)"]
    case .dead: return []
    }
  }
}
