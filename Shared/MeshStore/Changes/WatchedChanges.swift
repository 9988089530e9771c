package import MeshCore

/// Which changes a watcher waits for.
package struct WatchedChanges: Sendable {
  /// Whose changes.
  package let tenants: Set<TenantID>
  /// To which kinds of resource.
  package let objects: Set<String>

  package init(tenants: Set<TenantID>, objects: Set<String>) {
    self.tenants = tenants
    self.objects = objects
  }
}

extension Store {
  /// Changes that are read at once: as many, and about as many bytes of them.
  private static var mostWatched: Int { 256 }
  private static var mostWatchedBytes: Int { 512 << 10 }
  /// Changes, of other tenants too, that are passed over in one read.
  private static var mostScanned: Int { 4_096 }

  /// The changes after a place in the log that someone wants to know of, oldest first; waits for any
  /// change when there is none.
  ///
  /// - Parameters:
  ///   - sequence: the place after which to begin.
  ///   - end: the place up to which to look; nil for the end of the log.
  ///   - wanted: which changes.
  ///   - wait: how long to wait at the end of the log.
  /// - Returns: no entries when no change came in time, when those that came are not wanted, or when the
  ///   service stops.
  /// - Throws: FAILED_PRECONDITION with reason FOREIGN_CURSOR when the log after the place is no longer kept
  ///   whole; UNAVAILABLE, or CANCELLED when the task was cancelled while it read.
  package func changes(
    after sequence: Int64,
    until end: Int64? = nil,
    _ wanted: WatchedChanges,
    wait: Duration
  ) async throws -> ChangeBatch {
    if end == nil, core.news.last <= sequence, wait > .zero {
      await core.news.arrival(after: sequence, within: wait)
    }
    if let end, end <= sequence { return ChangeBatch(entries: [], position: end) }
    return try await systemRead { transaction in
      try ChangeLog.batch(
        after: sequence,
        until: end,
        wanted,
        limits: (Self.mostWatched, Self.mostWatchedBytes, Self.mostScanned),
        transaction.session
      )
    }
  }

  /// Whether the service stops and no one is to wait any more.
  package var isClosing: Bool { core.news.isClosed }
}

extension ChangeLog {
  /// As the other `batch`; what is not wanted is passed over without being read.
  fileprivate static func batch(
    after sequence: Int64,
    until end: Int64?,
    _ wanted: WatchedChanges,
    limits: (entries: Int, bytes: Int, scanned: Int),
    _ session: StoreSession
  ) throws -> ChangeBatch {
    try LogState.requireWhole(after: sequence, session)
    var entries: [ChangeEntry] = []
    var (position, held, scanned, isCut) = (sequence, 0, 0, false)
    let before: SQL = end.map { "AND sequence <= \($0)" } ?? .empty
    try session.runOwn(
      """
      SELECT \(columns)
      FROM main.mesh_changes WHERE sequence > \(sequence) \(before)
      \(session.connection.dialect.isSettled) ORDER BY sequence
      LIMIT \(limits.scanned)
      """
    ) { row in
      if let words = row.id(1), wanted.tenants.contains(TenantID(high: words.high, low: words.low)),
        wanted.objects.contains(row.text(5))
      {
        let entry = try entry(&row)
        held += entry.byteCount
        isCut = !entries.isEmpty && held > limits.bytes
        if isCut { return false }
        entries.append(entry)
      }
      position = row.int64(0)
      scanned += 1
      isCut = scanned == limits.scanned || entries.count == limits.entries
      return !isCut
    }
    // What was looked for to its end is done with, also where the last numbers were never used.
    if let end, !isCut { position = end }
    return ChangeBatch(entries: entries, position: position)
  }
}
