package import MeshCore

// Compaction of the change log: oldest changes first, in short transactions, each of which also notes how
// far it is. All of them give way to what people wait for.
extension ChangeEntry {
  /// What a change counts beside its images.
  package static let ownBytes: Int64 = 200

  /// What it counts in the size of the log.
  fileprivate var weight: Int64 {
    Self.ownBytes + Int64(before?.count ?? 0) + Int64(after?.count ?? 0)
  }
}

extension Store {
  /// Changes that one transaction compacts: few, as on PostgreSQL nobody who follows the log sees what is
  /// newer than a transaction under way.
  private static var mostCompacted: Int { 100 }
  private static var mostCompactedBytes: Int64 { 512 << 10 }
  /// Changes whose sizes are added in one read.
  private static var mostMeasured: Int { 2_000 }
  /// Deleted records that one transaction lets go of.
  private static var mostPurged: Int { 50 }
  /// Tenants that are looked at in one read.
  private static var mostTenants: Int { 256 }

  /// Adds changes whose size is not known yet to the size of the log.
  ///
  /// - Returns: whether there are more.
  /// - Throws: as `systemWrite`.
  package func measureChanges(as author: Author) async throws -> Bool {
    let measured = try await systemRead(priority: .background) {
      try LogState.read($0.session).measured
    }
    let part = try await systemRead(priority: .background) { transaction in
      let session = transaction.session
      return try session.firstOwn(
        """
        SELECT coalesce(max(sequence), 0), CAST(coalesce(sum(weight), 0) AS BIGINT), count(*) FROM (
          SELECT sequence, \(ChangeEntry.ownBytes) + coalesce(length(before_value), 0)
            + coalesce(length(after_value), 0) AS weight
          FROM main.mesh_changes WHERE sequence > \(measured)
          \(session.connection.dialect.isSettled) ORDER BY sequence LIMIT \(Self.mostMeasured)
        ) AS part
        """
      ) { row in
        (
          last: try row.next(Int64.self), bytes: try row.next(Int64.self),
          count: try row.next(Int.self)
        )
      }
    }
    guard let part, part.count > 0 else { return false }
    return try await systemWrite(as: author, priority: .background) { transaction in
      var state = try LogState.read(transaction.session)
      // Another process may have measured or compacted them meanwhile.
      guard state.measured == measured else { return true }
      state.measured = part.last
      state.bytes += part.bytes
      try state.write(transaction.session)
      return part.count == Self.mostMeasured
    }
  }

  /// Compacts the oldest changes that are to be kept whole no longer.
  ///
  /// A change of a record that is there, or may come back, becomes partial; all changes of one that is gone
  /// for good are dropped, and so are changes of what has no history. The newest change stays, whatever it
  /// is: the next one is numbered after it.
  ///
  /// - Parameters:
  ///   - retention: what is kept whole.
  ///   - histories: which kinds of record have a history.
  ///   - author: who compacts.
  /// - Returns: whether there are more.
  /// - Throws: as `systemWrite`.
  package func compactChanges(
    by retention: LogRetention,
    _ histories: [KeptHistory],
    as author: Author
  ) async throws -> Bool {
    try await systemWrite(as: author, priority: .background) { transaction in
      let session = transaction.session
      var state = try LogState.read(session)
      guard let newest = try ChangeLog.lastSequence(session) else { return false }
      let now = transaction.now
      var compaction = LogCompaction(histories, session)
      var (count, held): (Int, Int64) = (0, 0)
      var isMore = false
      try session.runOwn(
        """
        SELECT \(ChangeLog.columns) FROM main.mesh_changes
        WHERE sequence > \(state.floor) AND sequence < \(newest)
        \(session.connection.dialect.isSettled) ORDER BY sequence LIMIT \(Self.mostCompacted)
        """
      ) { row in
        let entry = try ChangeLog.entry(&row)
        let isOld = entry.time <= now - retention.age
        let isTooMuch = state.bytes > retention.size && entry.time <= now - LogRetention.leastAge
        guard isOld || isTooMuch else { return false }
        held += entry.weight
        count += 1
        isMore = count == Self.mostCompacted || held > Self.mostCompactedBytes
        if entry.sequence <= state.measured { state.bytes = max(0, state.bytes - entry.weight) }
        state.floor = entry.sequence
        compaction.take(entry)
        return !isMore
      }
      guard count > 0 else { return false }
      try compaction.apply()
      state.measured = max(state.measured, state.floor)
      try state.write(session)
      return isMore
    }
  }

  /// Lets go of some tenant's deleted records that can come back no longer, with what a compacted log keeps
  /// of them.
  ///
  /// - Parameters:
  ///   - tenant: the last one that has none left; nil to begin.
  ///   - histories: which kinds of record have a history.
  ///   - author: who lets go.
  /// - Returns: a tenant, which has none left unless there are more; nil after the last.
  /// - Throws: as `write`.
  package func purgeDeleted(
    after tenant: TenantID?,
    _ histories: [KeptHistory],
    as author: Author
  ) async throws -> (tenant: TenantID, isMore: Bool)? {
    let now = clock.now
    let next = try await systemRead(priority: .background) {
      transaction -> (tenant: TenantID, isWork: Bool)? in
      var place = tenant
      for _ in 0..<Self.mostTenants {
        guard let next = try transaction.nextTenantWithDeleted(after: place) else { return nil }
        if try transaction.hasExpired(next, at: now) { return (tenant: next, isWork: true) }
        place = next
      }
      return place.map { (tenant: $0, isWork: false) }
    }
    guard let next, next.isWork else { return next.map { ($0.tenant, false) } }
    let count = try await write(next.tenant, as: author, priority: .background) { transaction in
      try transaction.purgeDeleted(upTo: Self.mostPurged, histories)
    }
    return (next.tenant, count == Self.mostPurged)
  }
}

extension SystemReadTransaction {
  fileprivate func nextTenantWithDeleted(after tenant: TenantID?) throws -> TenantID? {
    let place: SQL = tenant.map { "WHERE tenant_id > \($0)" } ?? .empty
    return try session.firstOwn(
      "SELECT tenant_id FROM main.mesh_deleted \(place) ORDER BY tenant_id LIMIT 1"
    ) { row in try row.next() }
  }

  fileprivate func hasExpired(_ tenant: TenantID, at now: Timestamp) throws -> Bool {
    try session.firstOwn(
      """
      SELECT 1 FROM main.mesh_deleted
      WHERE tenant_id = \(tenant) AND time <= \(now - DeletedRecord.lifetime) LIMIT 1
      """
    ) { _ in true } ?? false
  }
}

extension WriteTransaction {
  /// - Returns: how many records were let go of.
  fileprivate func purgeDeleted(upTo most: Int, _ histories: [KeptHistory]) throws -> Int {
    var gone: [(object: String, id: IDWords)] = []
    try session.runOwn(
      """
      SELECT object, record_id FROM main.mesh_deleted
      WHERE tenant_id = \(tenant) AND time <= \(now - DeletedRecord.lifetime)
      ORDER BY time LIMIT \(most)
      """
    ) { row in
      gone.append((try row.next(), try row.next(IDWords.self)))
      return true
    }
    if gone.isEmpty { return 0 }
    let floor = try LogState.read(session).floor
    for (object, id) in gone {
      try forgetDeleted(object, id)
      guard let history = histories.first(where: { $0.object == object }) else { continue }
      let text = "\(history.idPrefix)_\(id.typeIDSuffix)"
      try session.runOwn(
        """
        DELETE FROM main.mesh_changes WHERE tenant_id = \(tenant) AND object = \(object)
          AND object_id = \(text) AND sequence <= \(floor)
        """
      )
    }
    return gone.count
  }
}

/// What becomes of some changes.
private struct LogCompaction {
  private struct Key: Hashable {
    let tenant: TenantID
    let object: String
    let id: String
  }

  private let histories: [String: KeptHistory]
  private let session: StoreSession
  private var entries: [ChangeEntry] = []

  init(_ histories: [KeptHistory], _ session: StoreSession) {
    self.histories = Dictionary(histories.map { ($0.object, $0) }) { first, _ in first }
    self.session = session
  }

  mutating func take(_ entry: ChangeEntry) { entries.append(entry) }

  /// Writes it; nothing is written before all has been read.
  func apply() throws {
    var dropped: [Int64] = []
    var compacted: [(sequence: Int64, change: Change)] = []
    var isKept: [Key: Bool] = [:]
    for entry in entries {
      guard let history = histories[entry.object] else {
        dropped.append(entry.sequence)
        continue
      }
      let key = Key(tenant: entry.tenant, object: entry.object, id: entry.id)
      let isThere = try isKept[key] ?? hasRecord(of: entry, history)
      isKept[key] = isThere
      if isThere, !entry.isPartial, let change = history.compacted(entry.change) {
        compacted.append((entry.sequence, change))
      }
    }
    for sequence in dropped {
      try session.runOwn("DELETE FROM main.mesh_changes WHERE sequence = \(sequence)")
    }
    guard let last = entries.last?.sequence else { return }
    for (key, isThere) in isKept where !isThere {
      try session.runOwn(
        """
        DELETE FROM main.mesh_changes WHERE tenant_id = \(key.tenant) AND object = \(key.object)
          AND object_id = \(key.id) AND sequence <= \(last)
        """
      )
    }
    for (sequence, change) in compacted {
      try session.runOwn(
        """
        UPDATE main.mesh_changes
        SET before_value = \(change.before), after_value = \(change.after), is_partial = TRUE
        WHERE sequence = \(sequence)
        """
      )
    }
  }

  /// Whether a record is there, or was deleted and may come back.
  private func hasRecord(of entry: ChangeEntry, _ history: KeptHistory) throws -> Bool {
    guard let id = IDWords(entry.id, prefix: history.idPrefix) else { return false }
    let (tenant, table) = (entry.tenant, SQL(name: history.table))
    return try session.firstOwn(
      """
      SELECT 1 FROM main.\(table) WHERE tenant_id = \(tenant) AND id = \(id.bytes)
      UNION ALL
      SELECT 1 FROM main.mesh_deleted
      WHERE tenant_id = \(tenant) AND object = \(entry.object) AND record_id = \(id.bytes)
      """
    ) { _ in true } ?? false
  }
}
