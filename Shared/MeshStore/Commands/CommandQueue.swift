import MeshCore

// The commands of all tenants, for the process that carries them on and for the operator.
extension Store {
  /// Commands of these kinds that a process may carry on now, those that wait longest first.
  ///
  /// One that waits for longer than any does is among them: the clock was set back.
  package func dueCommands(_ kinds: [String], limit: Int) async throws -> [StoredCommand] {
    let now = clock.now
    return try await systemRead(priority: .background) { transaction in
      try transaction.commands(
        """
        WHERE \(StoredCommand.areOpen) AND kind IN (\(list: kinds))
          AND (due_time <= \(now) OR due_time > \(now + StoredCommand.longestWait))
        ORDER BY due_time, number LIMIT \(limit)
        """
      )
    }
  }

  /// Makes due what a process of the service that has ended was carrying on.
  ///
  /// Only for a store that no other process uses.
  package func releaseCommands(as author: Author) async throws {
    try await systemWrite(as: author) { transaction in
      _ = try transaction.session.runOwn(
        """
        UPDATE main.mesh_commands SET is_held = FALSE, due_time = \(transaction.now)
        WHERE \(StoredCommand.areOpen) AND is_held
        """
      )
    }
  }

  /// Forgets up to 100 commands that have ended long enough ago.
  package func forgetOldCommands(as author: Author) async throws {
    let now = clock.now
    let old: SQL = "\(StoredCommand.haveEnded) AND due_time <= \(now)"
    let isAny = try await systemRead(priority: .background) { transaction in
      try transaction.session.firstOwn("SELECT 1 FROM main.mesh_commands WHERE \(old) LIMIT 1") {
        _ in true
      }
    }
    guard isAny == true else { return }
    try await systemWrite(as: author, priority: .background) { transaction in
      _ = try transaction.session.runOwn(
        """
        DELETE FROM main.mesh_commands WHERE number IN (
          SELECT number FROM main.mesh_commands WHERE \(old) LIMIT 100
        )
        """
      )
    }
  }

  /// Commands that are not done, in the order of their numbers.
  ///
  /// - Parameters:
  ///   - number: after which to begin; 0 for the beginning.
  ///   - limit: entries at most.
  /// - Returns: at most `limit` commands.
  /// - Throws: UNAVAILABLE.
  package func commands(after number: Int64, limit: Int) async throws -> [StoredCommand] {
    try await systemRead { transaction in
      try transaction.commands(
        """
        WHERE number > \(number) AND \(StoredCommand.areListed) ORDER BY number LIMIT \(limit)
        """
      )
    }
  }

  /// The commands with these numbers, in their order.
  package func commands(_ numbers: [Int64]) async throws -> [StoredCommand] {
    try await systemRead { transaction in
      try transaction.commands("WHERE number IN (\(list: numbers)) ORDER BY number")
    }
  }

  /// How many commands there are of each status.
  package func commandCounts() async throws -> [StoredCommand.Status: Int] {
    try await systemRead { transaction in
      var counts: [StoredCommand.Status: Int] = [:]
      try transaction.session.runOwn(
        "SELECT status, count(*) FROM main.mesh_commands GROUP BY status"
      ) { row in
        let status = StoredCommand.Status(rawValue: try row.next()) ?? .failed
        counts[status, default: 0] += try row.next(Int.self)
        return true
      }
      return counts
    }
  }
}

extension SystemReadTransaction {
  fileprivate func commands(_ condition: SQL) throws -> [StoredCommand] {
    var found: [StoredCommand] = []
    try session.runOwn("SELECT \(StoredCommand.columns) FROM main.mesh_commands \(condition)") {
      row in
      found.append(try StoredCommand(&row))
      return true
    }
    return found
  }
}
