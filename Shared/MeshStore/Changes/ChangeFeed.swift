package import MeshCore

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
  ///   - objects: the kinds of resource wanted; none for all.
  ///   - wait: how long to wait when there are none.
  /// - Returns: no entries when none came in time.
  /// - Throws: UNAVAILABLE, or CANCELLED when the task was cancelled while it read.
  package func changes(
    after sequence: Int64,
    max: Int,
    objects: [String] = [],
    wait: Duration = .zero
  ) async throws -> ChangeBatch {
    let deadline = ContinuousClock.now + wait
    var position = sequence
    while true {
      let start = position
      let batch = try await systemRead { transaction in
        try ChangeLog.batch(after: start, limit: max, objects: objects, transaction.session)
      }
      let remaining = ContinuousClock.now.duration(to: deadline)
      if !batch.entries.isEmpty || remaining <= .zero || Task.isCancelled { return batch }
      position = batch.position
      await core.news.arrival(after: position, within: remaining)
    }
  }

  /// The last change of `feed` that was taken: 0 before the first.
  ///
  /// - Parameter feed: names another service's log and what it is read for.
  /// - Returns: what `apply` and `skip` kept.
  /// - Throws: UNAVAILABLE.
  package func position(in feed: String) async throws -> Int64 {
    try await systemRead { try ConsumerCursor.position(feed, $0.session) }
  }

  /// Makes the effect of a change of `feed` in `tenant`, once and for all.
  ///
  /// The place in the feed is kept in the transaction of the effect: after a crash both are there or
  /// neither, and a change that was taken is not taken again.
  ///
  /// - Parameters:
  ///   - sequence: the change's place in the feed; changes are applied in their order.
  ///   - feed: names another service's log and what it is read for.
  ///   - tenant: whose rows the effect is on.
  ///   - author: who makes the effect.
  ///   - body: makes it.
  /// - Returns: false when the change was taken before and `body` has not run.
  /// - Throws: as `write`.
  package func apply(
    _ sequence: Int64,
    of feed: String,
    tenant: TenantID,
    as author: Author,
    _ body: @escaping @Sendable (WriteTransaction) throws -> Void
  ) async throws -> Bool {
    try await write(tenant, as: author) { transaction in
      guard try transaction.advance(feed, to: sequence) else { return false }
      try body(transaction)
      return true
    }
  }

  /// Takes the changes of `feed` up to `sequence` without an effect.
  package func skip(to sequence: Int64, of feed: String, as author: Author) async throws {
    try await systemWrite(as: author) { try $0.advance(feed, to: sequence) }
  }
}

extension WriteTransaction {
  /// Takes the change `sequence` of `feed` in this transaction; false when it was taken before.
  package func advance(_ feed: String, to sequence: Int64) throws -> Bool {
    try ConsumerCursor.advance(feed, to: sequence, session)
  }
}

extension SystemWriteTransaction {
  /// Takes the change `sequence` of `feed` in this transaction; false when it was taken before.
  @discardableResult
  package func advance(_ feed: String, to sequence: Int64) throws -> Bool {
    try ConsumerCursor.advance(feed, to: sequence, session)
  }
}

/// How far this service has taken another's changes.
private enum ConsumerCursor {
  static func position(_ feed: String, _ session: StoreSession) throws -> Int64 {
    let found = try session.firstOwn(
      "SELECT sequence FROM main.mesh_cursors WHERE feed = \(feed)"
    ) { row in try row.next(Int64.self) }
    return found ?? 0
  }

  static func advance(
    _ feed: String,
    to sequence: Int64,
    _ session: StoreSession
  ) throws -> Bool {
    let changed = try session.runOwn(
      """
      INSERT INTO main.mesh_cursors AS kept (feed, sequence) VALUES (\(feed), \(sequence))
      ON CONFLICT (feed) DO UPDATE SET sequence = excluded.sequence
      WHERE kept.sequence < excluded.sequence
      """
    )
    return changed > 0
  }
}
