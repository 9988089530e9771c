import MeshCore
import MeshLoop

/// Changes in the order of their commits, and where to go on from.
package struct ChangeBatch: Hashable, Sendable {
  package let entries: [ChangeEntry]
  /// The place up to which the log was searched: at least the last entry's.
  package let position: Int64
}

extension Store {
  /// The changes after a place in the log, oldest first; waits for some when there are none.
  ///
  /// - Parameters:
  ///   - sequence: the place after which to begin; 0 for the beginning.
  ///   - max: the most entries to give.
  ///   - bytes: about how many bytes the entries may have together; there is at least one.
  ///   - objects: the kinds of resource wanted; none for all.
  ///   - wait: how long to wait when there are none.
  /// - Returns: no entries when none came in time, or when the service stops.
  /// - Throws: FAILED_PRECONDITION with reason FOREIGN_CURSOR when the log after the place is no longer kept
  ///   whole; UNAVAILABLE, or CANCELLED when the task was cancelled while it read.
  package func changes(
    after sequence: Int64,
    max: Int,
    upTo bytes: Int = .max,
    objects: [String] = [],
    wait: Duration = .zero
  ) async throws -> ChangeBatch {
    let deadline = ContinuousClock.now + wait
    var position = sequence
    while true {
      let start = position
      let batch = try await systemRead { transaction in
        try ChangeLog.batch(
          after: start,
          limit: max,
          bytes: bytes,
          objects: objects,
          transaction.session
        )
      }
      let remaining = ContinuousClock.now.duration(to: deadline)
      if !batch.entries.isEmpty || remaining <= .zero || Task.isCancelled || core.news.isClosed {
        return batch
      }
      position = batch.position
      await core.news.arrival(after: position, within: remaining)
    }
  }

  /// Suspends until a change after a place in the log is durable, for at most `time`.
  ///
  /// - Returns: the place of the newest change.
  @LoopActor
  package func newestChange(after sequence: Int64, within time: Duration) async -> Int64 {
    await core.news.arrival(after: sequence, within: time)
    return core.news.last
  }

  /// Lets everyone who waits for changes go, and whoever comes later not wait: the service stops.
  package func endWaiting() { core.news.close() }
}

// What a consumer of another service's log keeps of it.
extension Store {
  /// Where in `feed` to go on from; nil before anything of it was taken.
  ///
  /// - Parameter feed: names another service's log and what it is read for.
  /// - Returns: the cursor as the other service gave it.
  /// - Throws: UNAVAILABLE.
  package func cursor(of feed: String) async throws -> String? {
    try await systemRead { try ConsumerCursor.cursor(of: feed, $0.session) }
  }

  /// Whether more than `count` changes, of all tenants, lie between two places in the log.
  package func hasChanges(beyond count: Int64, from start: Int64, to end: Int64) async throws
    -> Bool
  {
    try await systemRead { transaction in
      try transaction.session.firstOwn(
        """
        SELECT 1 FROM main.mesh_changes WHERE sequence > \(start) AND sequence <= \(end)
        LIMIT 1 OFFSET \(count)
        """
      ) { row in try row.next(Int.self) } != nil
    }
  }

  /// Suspends until every change that was committed so far can be read, for at most a minute: on PostgreSQL
  /// that is once no transaction that began before is still under way.
  package func settle() async throws {
    let last = try await systemRead { transaction in
      try transaction.session.firstOwn("SELECT max(sequence) FROM main.mesh_changes") { row in
        try row.next(Int64?.self)
      }
    }
    guard let last = last.flatMap({ $0 }) else { return }
    await core.news.arrival(after: last - 1, within: .seconds(60))
  }

  /// Takes what lies between two places of `feed` without an effect.
  ///
  /// - Returns: false when it was taken before.
  @discardableResult
  package func advance(
    _ feed: String,
    from: String?,
    to: String,
    as author: Author
  ) async throws -> Bool {
    try await systemWrite(as: author) { try $0.advance(feed, from: from, to: to) }
  }
}

extension WriteTransaction {
  /// Takes what lies between two places of `feed` in this transaction.
  ///
  /// After a crash both the effect and the place are there, or neither.
  ///
  /// - Parameters:
  ///   - feed: names another service's log and what it is read for.
  ///   - from: where `feed` is now; nil before the first.
  ///   - to: where it is then.
  /// - Returns: false when it is not at `from`, as it was taken before.
  /// - Throws: `StoreError`.
  package func advance(_ feed: String, from: String?, to: String) throws -> Bool {
    try ConsumerCursor.advance(feed, from: from, to: to, session)
  }
}

extension SystemWriteTransaction {
  /// Takes what lies between two places of `feed` in this transaction, as in a tenant's.
  package func advance(_ feed: String, from: String?, to: String) throws -> Bool {
    try ConsumerCursor.advance(feed, from: from, to: to, session)
  }
}

/// How far this service has taken another's changes.
enum ConsumerCursor {
  static func cursor(of feed: String, _ session: StoreSession) throws -> String? {
    try session.firstOwn("SELECT cursor FROM main.mesh_cursors WHERE feed = \(feed)") { row in
      try row.next()
    }
  }

  static func advance(
    _ feed: String,
    from: String?,
    to: String,
    _ session: StoreSession
  ) throws -> Bool {
    guard let from else {
      return try session.runOwn(
        """
        INSERT INTO main.mesh_cursors (feed, cursor) VALUES (\(feed), \(to))
        ON CONFLICT (feed) DO NOTHING
        """
      ) > 0
    }
    return try session.runOwn(
      "UPDATE main.mesh_cursors SET cursor = \(to) WHERE feed = \(feed) AND cursor = \(from)"
    ) > 0
  }
}
