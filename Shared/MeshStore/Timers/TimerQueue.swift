package import MeshCore

// The timers of all tenants, for the process that takes them and for the operator.
extension Store {
  /// The most timers among which tenants are looked for at once, as a day of downtime may leave very many; the tenants
  /// of later timers are found once these are done.
  private static var mostScanned: Int { 20_000 }
  /// The most timers that the operator changes in one transaction.
  private static var mostChanged: Int { 1_000 }

  /// The tenants whose timers may be taken now.
  package func tenantsWithDueTimers() async throws -> [TenantID] {
    let now = clock.now
    return try await systemRead(priority: .background) { transaction in
      var tenants: Set<TenantID> = []
      let conditions: [SQL] = [StoredTimer.Status.waiting, .failing].flatMap {
        StoredTimer.due($0, at: now)
      }
      for condition in conditions {
        try transaction.session.runOwn(Self.tenants(condition, Self.mostScanned)) { row in
          tenants.insert(try row.next())
          return true
        }
      }
      return tenants.sorted()
    }
  }

  /// The tenants of the first due timers, at most `most` of them, that meet a condition.
  static func tenants(_ condition: SQL, _ most: Int) -> SQL {
    """
    SELECT DISTINCT tenant_id FROM (
      SELECT tenant_id FROM main.mesh_timers WHERE \(condition) ORDER BY wake_time LIMIT \(most)
    ) AS part
    """
  }

  /// How many timers of each name are due, late or dead in all tenants; a name without any is left out.
  package func timerCounts() async throws -> [TimerCounts] {
    let now = clock.now
    return try await systemRead(priority: .background) { transaction in
      var counts: [String: TimerCounts] = [:]
      let waiting: SQL =
        "status = \(StoredTimer.Status.waiting.rawValue) AND wake_time <= \(now)"
      let statuses = [StoredTimer.Status.failing, .dead].map(\.rawValue)
      let failed: SQL = "status IN (\(list: statuses))"
      for condition in [waiting, failed] {
        try transaction.session.runOwn(Self.counts(condition, lateAt: now - StoredTimer.grace)) {
          row in
          let name: String = try row.next()
          try counts[name, default: TimerCounts(name: name)].add(&row)
          return true
        }
      }
      return counts.values.sorted { $0.name < $1.name }
    }
  }

  private static func counts(_ condition: SQL, lateAt time: Timestamp) -> SQL {
    """
    SELECT name, status, count(*), count(CASE WHEN due < \(time) THEN 1 END), min(due), max(error)
    FROM main.mesh_timers WHERE \(condition) GROUP BY name, status
    """
  }

  /// Retries dead timers at once.
  ///
  /// - Parameters:
  ///   - name: of the timers; nil for all.
  ///   - author: who retries them.
  /// - Returns: how many there were.
  /// - Throws: UNAVAILABLE.
  package func retryDeadTimers(_ name: String?, as author: Author) async throws -> Int {
    let failing = StoredTimer.Status.failing.rawValue
    return try await changeDeadTimers(name, as: author) { dead, now in
      """
      UPDATE main.mesh_timers SET status = \(failing), attempts = 0, wake_time = \(now) WHERE \(dead)
      """
    }
  }

  /// Discards dead timers; otherwise as `retryDeadTimers`.
  package func discardDeadTimers(_ name: String?, as author: Author) async throws -> Int {
    try await changeDeadTimers(name, as: author) { dead, _ in
      "DELETE FROM main.mesh_timers WHERE \(dead)"
    }
  }

  /// Changes dead timers until there are none, in short transactions.
  private func changeDeadTimers(
    _ name: String?,
    as author: Author,
    _ change: @escaping @Sendable (_ dead: SQL, _ now: Timestamp) -> SQL
  ) async throws -> Int {
    let ofName: SQL = name.map { "AND name = \($0)" } ?? .empty
    let isDead: SQL = "status = \(StoredTimer.Status.dead.rawValue)"
    let dead: SQL = """
      \(isDead) AND (tenant_id, name, timer_key) IN (
        SELECT tenant_id, name, timer_key FROM main.mesh_timers
        WHERE \(isDead) \(ofName) LIMIT \(Self.mostChanged)
      )
      """
    var (all, count) = (0, 0)
    repeat {
      count = try await systemWrite(as: author) { transaction in
        try transaction.session.runOwn(change(dead, transaction.now))
      }
      all += count
    } while count == Self.mostChanged
    return all
  }
}

extension TimerCounts {
  /// Adds the columns of `Store.counts` after the name.
  fileprivate mutating func add(_ row: inout Row) throws {
    let status = StoredTimer.Status(rawValue: try row.next()) ?? .dead
    let (count, late) = (try row.next(Int.self), try row.next(Int.self))
    if status == .dead {
      dead += count
    } else {
      due += count
      self.late += late
    }
    let first: Timestamp = try row.next()
    oldest = min(oldest ?? first, first)
    error = max(error, try row.next(String.self))
  }
}
